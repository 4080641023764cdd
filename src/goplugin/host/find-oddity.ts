import { access, constants, open, stat } from 'node:fs/promises';
import { type FileHeader, headerByteLength, parseFileHeader } from './file-header.ts';

export interface OddityContext {
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/**
 * Why an executable could not run here, as one sentence; undefined where nothing is odd about it. The system's own
 * errors say little: it answers "no such file" for a missing interpreter and for a missing working directory, and what
 * is built for another machine it may take for a shell script (go-plugin internal/cmdrunner/notes_unix.go).
 */
export async function findOddity(file: string, context: OddityContext): Promise<string | undefined> {
  const { cwd } = context;
  if (!(await isDirectory(cwd))) {
    return `The working directory ${cwd} does not exist`;
  }
  const stats = await stat(file).catch(() => undefined);
  if (stats === undefined) {
    return `There is no file ${file}`;
  }
  if (!stats.isFile()) {
    return `${file} is no file`;
  }
  if (!(await isExecutable(file))) {
    const mode = (stats.mode & 0o7777).toString(8);
    return `${file} must not be executed: its mode is ${mode}, its owner ${stats.uid}, this user ${process.getuid?.()}`;
  }
  const header = await readHeader(file);
  if (header === undefined) {
    return `${file} is neither a binary nor a script that begins with #!`;
  }
  return whyForeign(header, file, context) ?? (await whyWithoutInterpreter(header, file));
}

function whyForeign({ format, arch }: FileHeader, file: string, context: OddityContext): string | undefined {
  const { platform } = context;
  const native = platform === 'win32' ? 'PE' : platform === 'darwin' ? 'Mach-O' : 'ELF';
  if (format === 'script') {
    return platform === 'win32' ? `${file} is a script, which Windows does not execute` : undefined;
  }
  if (format !== native || (arch !== undefined && arch !== context.arch)) {
    return `${file} is built for ${arch ?? 'several machines'} (${format}), this is ${platform} ${context.arch} (${native})`;
  }
  return undefined;
}

async function whyWithoutInterpreter({ interpreter }: FileHeader, file: string): Promise<string | undefined> {
  if (interpreter === undefined || (await isExecutable(interpreter))) {
    return undefined;
  }
  return `${file} is executed by ${interpreter}, which is not there`;
}

async function isDirectory(directory: string): Promise<boolean> {
  const stats = await stat(directory).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function readHeader(file: string): Promise<FileHeader | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) {
    return undefined;
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerByteLength), 0, headerByteLength, 0);
    return parseFileHeader(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
