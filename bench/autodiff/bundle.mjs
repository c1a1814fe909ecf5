// A program that uses cotangent, built from the sources as its users' would be.
import { rolldown } from "rolldown";

/** Writes a module and all that it imports into one file. @param {string} input @param {string} file @returns {Promise<string>} */
export async function bundle(input, file) {
  const built = await rolldown({
    input,
    platform: "node",
    resolve: { conditionNames: ["source", "import"] },
  });
  await built.write({ file });
  await built.close();
  return file;
}
