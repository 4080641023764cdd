import type { Answer } from '../../scripts/grafana-host.ts';
import { type ErrorCode, errorTable } from '../../src/datasource/errors.ts';

/** What became of a statement: `ok`, or the code of its error; and what is wrong with the answer, if anything is. */
export interface Verdict {
  readonly outcome: string;
  readonly fault?: string;
}

/** Judges an answer, whatever was asked: a result that can be decoded is right, and so is an error as people may meet it. */
export function judge(answer: Answer, rawSql: string): Verdict {
  const frames = answer.frames();
  if (answer.error === '') {
    return { outcome: 'ok', ...(answer.status !== 200 && { fault: `status ${answer.status} without an error` }) };
  }
  const { code, position } = (frames[0]?.meta?.custom ?? {}) as { code?: string; position?: number };
  if (code === undefined || !isCode(code)) {
    return { outcome: 'unknown', fault: `an error with the unknown code ${code}: ${answer.error}` };
  }
  const fault = faultOf(answer, code, position, rawSql.length);
  return { outcome: code, ...(fault !== undefined && { fault }) };
}

function faultOf(answer: Answer, code: ErrorCode, position: number | undefined, length: number): string | undefined {
  if (errorTable[code].status === 500) {
    return answer.error;
  }
  if (answer.status !== errorTable[code].status) {
    return `status ${answer.status} for ${code}`;
  }
  if (position !== undefined && !(position >= 0 && position <= length)) {
    return `the position ${position} in a statement of ${length} characters`;
  }
  return undefined;
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
