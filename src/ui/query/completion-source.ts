import type { CompletionsPayload, CompletionsRequest } from '../../model/resources.ts';

type AskCompletions = (request: CompletionsRequest, signal: AbortSignal) => Promise<CompletionsPayload>;

/** A catalogue may have changed after this. */
const keptMs = 10_000;

/** Remembers the last answer for a moment, since a list of completions is often closed and opened again at the same place. */
export function withLastAnswer(ask: AskCompletions, now: () => number = Date.now): AskCompletions {
  let last:
    | { readonly request: CompletionsRequest; readonly answer: CompletionsPayload; readonly atMs: number }
    | undefined;
  return async (request, signal) => {
    if (last && now() - last.atMs < keptMs && isSameRequest(last.request, request)) {
      return last.answer;
    }
    const answer = await ask(request, signal);
    last = { request, answer, atMs: now() };
    return answer;
  };
}

function isSameRequest(a: CompletionsRequest, b: CompletionsRequest): boolean {
  return a.rawSql === b.rawSql && a.position === b.position;
}
