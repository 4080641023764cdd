import type { z } from 'zod';

/** The first thing that is wrong, with the key's path. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) {
    return error.message;
  }
  const expectation = issue.message
    .replace(/^(Invalid|Too)[^:]*: /, '')
    .replace(/, received undefined$/, ', got nothing')
    .replace(/, received /, ', got ');
  return issue.path.length === 0 ? expectation : `${issue.path.join('.')}: ${expectation}`;
}
