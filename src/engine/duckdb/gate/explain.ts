import { SqlLexer } from '../../../sql/lexer.ts';
import { EngineError } from '../../engine.ts';

/** An EXPLAIN taken apart: DuckDB serializes only SELECT, so the gate is given what is explained. */
export interface Explain {
  /** Whether the statement runs, so that the plan tells times and rows. */
  readonly analyze: boolean;
  readonly format: 'text' | 'json';
  /** What is explained, behind as many blanks as it had before it: positions in it are positions in the whole. */
  readonly inner: string;
}

const word = /\w+/y;
/** Not of a SELECT in parentheses. */
const options = /\(\s*((?:ANALY[ZS]E|FORMAT|VERBOSE)\b[^()]*)\)/iy;

/**
 * Reads the head of `EXPLAIN [ANALYZE] …` and `EXPLAIN (ANALYZE, FORMAT json) …`; undefined for every other statement. The engine writes the
 * head anew, and the gate judges the rest as a statement of its own: whatever is misread here is at worst refused there.
 *
 * @throws EngineError `sql_refused` for options that are not known
 */
export function parseExplain(sql: string): Explain | undefined {
  const lexer = new SqlLexer(sql);
  const start = lexer.skipBlanks(0);
  if (wordAt(sql, start) !== 'EXPLAIN') {
    return undefined;
  }
  const at = lexer.skipBlanks(start + 'EXPLAIN'.length);
  options.lastIndex = at;
  const [list = '', listed] = options.exec(sql) ?? [];
  if (listed !== undefined) {
    return { ...optionsOf(listed, at), inner: blankBefore(sql, at + list.length) };
  }
  const analyze = /^ANALY[ZS]E$/.test(wordAt(sql, at));
  return { analyze, format: 'text', inner: blankBefore(sql, analyze ? at + 'ANALYZE'.length : at) };
}

/** The head that the engine writes: it always asks for JSON, from which paths can be taken out, and which becomes text here. */
export function headOf({ analyze }: Explain): string {
  return analyze ? 'EXPLAIN (ANALYZE, FORMAT json) ' : 'EXPLAIN (FORMAT json) ';
}

function wordAt(sql: string, at: number): string {
  word.lastIndex = at;
  return word.exec(sql)?.[0].toUpperCase() ?? '';
}

function optionsOf(listed: string, position: number): Pick<Explain, 'analyze' | 'format'> {
  let analyze = false;
  let format: Explain['format'] = 'text';
  for (const option of listed.split(',')) {
    switch (option.trim().replaceAll(/\s+/g, ' ').toUpperCase()) {
      case 'ANALYZE':
      case 'ANALYSE':
        analyze = true;
        break;
      case 'FORMAT JSON':
        format = 'json';
        break;
      case 'FORMAT TEXT':
        format = 'text';
        break;
      default:
        throw new EngineError('sql_refused', `EXPLAIN takes no option ${option.trim() || 'that is empty'} here`, {
          hint: 'Its options are ANALYZE, FORMAT text and FORMAT json',
          position,
        });
    }
  }
  return { analyze, format };
}

function blankBefore(sql: string, end: number): string {
  return ' '.repeat(end) + sql.slice(end);
}
