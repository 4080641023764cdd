import type { Extension } from './symbols.ts';

/** A .proto, as far as it is asked for. */
export interface DescribedFile {
  /** As imports spell it. */
  readonly name: string;
  /** A serialized google.protobuf.FileDescriptorProto. */
  readonly bytes: Uint8Array;
  /** Names of files. */
  readonly imports: readonly string[];
  /** Full names of what it defines. */
  readonly symbols: readonly string[];
  readonly extensions: readonly Extension[];
}

/** Finds files. Of several by one name the first counts, and all others are ignored; full names may begin with a dot. */
export class DescribedFiles {
  readonly #byName = new Map<string, DescribedFile>();
  readonly #bySymbol = new Map<string, DescribedFile>();
  readonly #byExtension = new Map<string, Map<number, DescribedFile>>();

  constructor(files: readonly DescribedFile[]) {
    for (const file of files) {
      if (!this.#byName.has(file.name)) {
        this.#add(file);
      }
    }
  }

  named(name: string): DescribedFile | undefined {
    return this.#byName.get(name);
  }

  defining(symbol: string): DescribedFile | undefined {
    return this.#bySymbol.get(withoutDot(symbol));
  }

  extending(type: string, number: number): DescribedFile | undefined {
    return this.#byExtension.get(withoutDot(type))?.get(number);
  }

  /** The numbers of a type's extensions, in ascending order; undefined where the type itself is unknown. */
  extensionNumbers(type: string): readonly number[] | undefined {
    const extensions = this.#byExtension.get(withoutDot(type));
    if (extensions === undefined) {
      return this.defining(type) && [];
    }
    return [...extensions.keys()].sort((a, b) => a - b);
  }

  /** The file, and behind it what it imports and is not in `sent`, to which all are added. Imports that nobody described are left out. */
  withImports(file: DescribedFile, sent: Set<string>): readonly DescribedFile[] {
    const found = [file];
    sent.add(file.name);
    for (const { imports } of found) {
      for (const imported of imports.flatMap((name) => this.named(name) ?? [])) {
        if (!sent.has(imported.name)) {
          sent.add(imported.name);
          found.push(imported); // and is looked at by the outer loop
        }
      }
    }
    return found;
  }

  #add(file: DescribedFile): void {
    this.#byName.set(file.name, file);
    for (const symbol of file.symbols) {
      this.#bySymbol.set(symbol, this.#bySymbol.get(symbol) ?? file);
    }
    for (const { type, number } of file.extensions) {
      const extensions = this.#byExtension.get(type) ?? new Map<number, DescribedFile>();
      this.#byExtension.set(type, extensions.set(number, extensions.get(number) ?? file));
    }
  }
}

function withoutDot(fullName: string): string {
  return fullName.replace(/^\./, '');
}
