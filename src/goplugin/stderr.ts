/** Writes to the process's real stderr, whoever captures the stream later. */
export const writeToStderr: (text: string, callback?: () => void) => boolean = process.stderr.write.bind(
  process.stderr,
);
