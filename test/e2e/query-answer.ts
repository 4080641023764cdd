import type { Page } from 'playwright-core';

/** The answer to a query as the backend has given it, before a page has drawn it. */
export interface QueryAnswer {
  /** The SQL as the engine got it. */
  readonly executedSql: string;
  readonly error: string | undefined;
  readonly rows: number;
  /** Names of the first frame's fields. */
  readonly fields: readonly string[];
}

/** Does something that runs query A, and returns the answer. What is asked beside the rows is left aside. */
export async function answerTo(page: Page, act: () => Promise<void>): Promise<QueryAnswer> {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => {
      const isQuery = new URL(candidate.url()).pathname === '/api/ds/query';
      return isQuery && (candidate.request().postDataJSON() as Body).queries.some(isForRows);
    }),
    act(),
  ]);
  const { results } = (await response.json()) as Answers;
  const frame = results.A?.frames[0];
  return {
    executedSql: frame?.schema.meta?.executedQueryString ?? '',
    error: results.A?.error,
    rows: frame?.data.values[0]?.length ?? 0,
    fields: frame?.schema.fields.map(({ name }) => name) ?? [],
  };
}

interface Body {
  readonly queries: readonly { readonly refId: string; readonly queryType?: string }[];
}

function isForRows({ refId, queryType }: Body['queries'][number]): boolean {
  return refId === 'A' && !queryType;
}

interface Answers {
  readonly results: Readonly<
    Partial<
      Record<
        string,
        {
          readonly error?: string;
          readonly frames: readonly {
            readonly schema: {
              readonly meta?: { readonly executedQueryString?: string };
              readonly fields: readonly { readonly name: string }[];
            };
            readonly data: { readonly values: readonly (readonly unknown[])[] };
          }[];
        }
      >
    >
  >;
}
