import { type Cell, type Frame, frameRows } from '../../src/frame/index.ts';

/** A frame as aligned text: a line of names, a rule, a line for each row; numbers to the right. */
export function renderTable(frame: Frame): string[] {
  const cells = frameRows(frame).map((row) => row.map((cell, index) => formatCell(cell, frame.fields[index]?.type)));
  const names = frame.fields.map(({ name }) => name);
  const widths = names.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const isNumber = frame.fields.map(({ type }) => /^(u?int|float)\d+$/.test(type));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => (isNumber[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(names), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)];
}

function formatCell(cell: Cell, type: string | undefined): string {
  if (cell === null) {
    return '';
  }
  return type === 'timestamp' ? new Date(Number(BigInt(cell) / 1_000_000n)).toISOString() : String(cell);
}
