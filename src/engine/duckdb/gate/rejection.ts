import { hasSecondStatement } from '../../../sql/semicolon.ts';
import { EngineError } from '../../engine.ts';
import { positionOfCharacter, sentence, shortMessage, withoutStop } from '../errors.ts';
import { firstWord } from './statement.ts';

/** What DuckDB's `json_serialize_sql` answers: its parser's tree, with nothing bound or folded yet. */
export interface Parsed {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

/** Why DuckDB's parser, or its serializer, did not take the statement, in words for the person who wrote it. */
export function rejection(sql: string, parsed: Parsed): EngineError {
  if (parsed.error_type === 'parser') {
    const position = parsed.position === undefined ? undefined : positionOfCharacter({ sql }, Number(parsed.position));
    const message = shortMessage(sentence(parsed.error_message ?? 'The query cannot be parsed'));
    return new EngineError('sql_syntax', message, position === undefined ? {} : { position });
  }
  if (hasSecondStatement(sql)) {
    return multipleStatements();
  }
  if (!parsed.error_message?.startsWith('Only SELECT')) {
    return new EngineError(
      'sql_refused',
      `The query cannot be checked: ${withoutStop(parsed.error_message ?? 'no reason is given')}`,
    );
  }
  const word = firstWord(sql);
  // DuckDB makes two statements of such a PIVOT, of which the first collects the values.
  if (/^(PIVOT|FROM|SELECT|WITH)$/.test(word) && /\bpivot\b/i.test(sql)) {
    return new EngineError('sql_refused', 'A PIVOT without IN would run as two statements', {
      hint: 'Add the values: PIVOT … ON column IN (…)',
    });
  }
  return new EngineError('sql_not_select', `Only SELECT may run, and this is ${word || 'something else'}`);
}

export function multipleStatements(): EngineError {
  return new EngineError('sql_multiple_statements', 'A query is one statement, and these are several', {
    hint: 'Put each into a query of its own',
  });
}
