import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { GoPluginError, messageOf } from '../errors.ts';

/** What an executable must be. It comes from a source that is trusted, and not from beside the executable. */
export interface Checksum {
  /** One that node:crypto knows: `sha256`, `sha512`, … */
  readonly algorithm: string;
  /** The bytes, or the same in hexadecimal digits. */
  readonly digest: Uint8Array | string;
}

/**
 * Reads a file through and compares its digest, in constant time. Rejects with code `checksum` where it is another one,
 * with `spawn` where the file cannot be read. Who may replace the file between this and its start is not kept from
 * it: where executables lie must be closed to others (go-plugin client.go, SecureConfig).
 */
export async function verifyChecksum(file: string, checksum: Checksum, signal: AbortSignal): Promise<void> {
  const expected = digestBytes(checksum);
  const found = await digestOf(file, checksum.algorithm, signal);
  if (!timingSafeEqual(found, expected)) {
    throw new GoPluginError(
      'checksum',
      `the ${checksum.algorithm} of ${file} is ${found.toString('hex')}, expected ${expected.toString('hex')}`,
    );
  }
}

/** Throws with code `config` where no file could ever have such a digest. */
export function checkDigest(checksum: Checksum): void {
  const { algorithm } = checksum;
  const { byteLength } = digestBytes(checksum);
  const expectedByteLength = byteLengthOf(algorithm);
  if (byteLength !== expectedByteLength) {
    throw unusable(`the digest has ${byteLength} bytes, one of ${algorithm} has ${expectedByteLength}`);
  }
}

function byteLengthOf(algorithm: string): number {
  try {
    return createHash(algorithm).digest().byteLength;
  } catch (cause) {
    throw unusable(`node:crypto knows no algorithm ${JSON.stringify(algorithm)}: ${messageOf(cause)}`);
  }
}

function digestBytes({ digest }: Checksum): Buffer {
  if (typeof digest !== 'string') {
    return Buffer.from(digest);
  }
  if (!/^([0-9a-f]{2})*$/i.test(digest)) {
    throw unusable(`the digest is no hexadecimal number of whole bytes: ${JSON.stringify(digest.slice(0, 200))}`);
  }
  return Buffer.from(digest, 'hex');
}

async function digestOf(file: string, algorithm: string, signal: AbortSignal): Promise<Buffer> {
  try {
    // Opening a pipe, for one, would wait for its writer, and no signal ends that.
    if (!(await stat(file)).isFile()) {
      throw new Error('it is no file');
    }
    const hash = createHash(algorithm);
    for await (const chunk of createReadStream(file, { signal, highWaterMark: 1 << 20 })) {
      hash.update(chunk);
    }
    return hash.digest();
  } catch (cause) {
    throw new GoPluginError('spawn', `cannot read ${file} for its checksum: ${messageOf(cause)}`, { cause });
  }
}

function unusable(why: string): GoPluginError {
  return new GoPluginError('config', `Cannot compare the checksum: ${why}`);
}
