/** What the beginning of an executable says about who can execute it. */
export interface FileHeader {
  /** What the file is: `a script`, or the format of a binary. */
  readonly format: 'script' | 'ELF' | 'Mach-O' | 'PE';
  /** As `process.arch` spells it where that knows it; undefined for scripts, and for files for several. */
  readonly arch?: string;
  /** What the system starts to execute the file: of a script what follows `#!`, of an ELF file its loader. */
  readonly interpreter?: string;
}

/** How much of a file {@link parseFileHeader} wants. */
export const headerByteLength = 4096;

/** Reads the beginning of a file; undefined where it is none of these formats. */
export function parseFileHeader(bytes: Buffer): FileHeader | undefined {
  const parsers = [parseScript, parseElf, parseMachO, parsePe];
  for (const parse of parsers) {
    const header = parse(bytes);
    if (header !== undefined) {
      return header;
    }
  }
  return undefined;
}

function parseScript(bytes: Buffer): FileHeader | undefined {
  const [, interpreter] = /^#![ \t]*([^ \t\n\r]+)/.exec(bytes.toString('latin1')) ?? [];
  return interpreter === undefined ? undefined : { format: 'script', interpreter };
}

// e_machine (elf(5), <linux/elf-em.h>).
const elfArchs: Readonly<Record<number, string>> = {
  3: 'ia32',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

/*
 * ELF, little-endian, 64 bits (elf(5)):
 *   4  e_ident[EI_CLASS]  2: 64 bits      18  e_machine      32  e_phoff      54  e_phentsize      56  e_phnum
 * and each program header:
 *   0  p_type  3: PT_INTERP               8  p_offset        32  p_filesz
 */
function parseElf(bytes: Buffer): FileHeader | undefined {
  if (bytes.byteLength < 64 || bytes.readUInt32BE(0) !== 0x7f454c46) {
    return undefined;
  }
  const isLittleEndian = bytes[5] === 1;
  const machine = isLittleEndian ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18);
  const interpreter = isLittleEndian && bytes[4] === 2 ? elfInterpreter(bytes) : undefined;
  return {
    format: 'ELF',
    arch: elfArchs[machine] ?? `machine ${machine}`,
    ...(interpreter === undefined ? {} : { interpreter }),
  };
}

function elfInterpreter(bytes: Buffer): string | undefined {
  const tableOffset = Number(bytes.readBigUInt64LE(32));
  const entryByteLength = bytes.readUInt16LE(54);
  const count = bytes.readUInt16LE(56);
  for (let index = 0; index < count; index++) {
    const entry = bytes.subarray(tableOffset + index * entryByteLength);
    if (entry.byteLength >= 40 && entry.readUInt32LE(0) === 3) {
      const offset = Number(entry.readBigUInt64LE(8));
      const path = bytes.subarray(offset, offset + Number(entry.readBigUInt64LE(32)));
      return path.toString('utf8').replace(/\0.*$/s, '') || undefined;
    }
  }
  return undefined;
}

// cputype (mach/machine.h); a file for several begins with another number.
const machOArchs: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' };

function parseMachO(bytes: Buffer): FileHeader | undefined {
  if (bytes.byteLength < 8) {
    return undefined;
  }
  const magic = bytes.readUInt32BE(0);
  if (magic === 0xcafebabe) {
    return { format: 'Mach-O' };
  }
  if (magic !== 0xcffaedfe) {
    return undefined;
  }
  const cpu = bytes.readUInt32LE(4);
  return { format: 'Mach-O', arch: machOArchs[cpu] ?? `cpu ${cpu}` };
}

// Machine of IMAGE_FILE_HEADER (the PE format's documentation).
const peArchs: Readonly<Record<number, string>> = { 332: 'ia32', 34404: 'x64', 43620: 'arm64' };

function parsePe(bytes: Buffer): FileHeader | undefined {
  if (bytes.byteLength < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') {
    return undefined;
  }
  const header = bytes.subarray(bytes.readUInt32LE(0x3c));
  if (header.byteLength < 6 || header.readUInt32BE(0) !== 0x50450000) {
    return undefined;
  }
  const machine = header.readUInt16LE(4);
  return { format: 'PE', arch: peArchs[machine] ?? `machine ${machine}` };
}
