import { statfs } from 'node:fs/promises';

/** `f_type` of statfs(2) on Linux, of file systems that ask no other machine. Whatever is not here (NFS, SMB, FUSE …) may be one that does. */
const localTypes: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0xf2f52010, // f2fs
  0x2fc12fc1, // zfs
  0x01021994, // tmpfs
  0x794c7630, // overlayfs, as in containers
]);

/** A folder may become the place of another drive. */
const rememberedMs = 10_000;
const maxRemembered = 1000;

interface Answer {
  readonly isLocal: Promise<boolean>;
  readonly atMs: number;
}

const answers = new Map<string, Answer>();

/** Whether a folder lies on a disk of this machine; asked of the system at most every ten seconds. False where it does not say. */
export function isOnLocalDisk(folder: string, nowMs = performance.now()): Promise<boolean> {
  const known = answers.get(folder);
  if (known !== undefined && nowMs - known.atMs < rememberedMs) {
    return known.isLocal;
  }
  const isLocal =
    process.platform === 'linux'
      ? statfs(folder).then(
          ({ type }) => localTypes.has(type),
          () => false,
        )
      : Promise.resolve(false);
  if (answers.size >= maxRemembered) {
    answers.clear();
  }
  answers.set(folder, { isLocal, atMs: nowMs });
  return isLocal;
}
