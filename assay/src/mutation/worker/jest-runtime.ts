// What jest loads as its `runtime`, for the process has the class at hand and jest wants the name of a file.
import { fetchRuntime } from "./jest-door.ts";

export default fetchRuntime();
