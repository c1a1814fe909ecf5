/** Writes a module and all that it imports into one file, and answers where that is. */
export function bundle(input: string, file: string): Promise<string>;
