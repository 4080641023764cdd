import type { DataSource, PanelQuery } from '../../scripts/grafana-host.ts';
import { downsamples } from '../../src/model/query.ts';
import { Random } from '../random.ts';
import { corpus } from './corpus.ts';
import { decorate, Grammar } from './grammar.ts';
import { judge, type Verdict } from './judge.ts';
import { mutateSql } from './mutate-sql.ts';
import { type Fault, Report } from './report.ts';
import type { Target } from './target.ts';
import { type FunctionOverload, readVocabulary } from './vocabulary.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** The number of the first: each depends on the seed and its own number alone, so that one can be run again. */
  readonly first: number;
  readonly count: number;
  /** Told the report now and then. */
  readonly onProgress?: (report: Report) => void;
  /** Told what is wrong as soon as it is. */
  readonly onFault?: (fault: Fault) => void;
}

/** Beyond the time limit of the data source, and what a busy machine adds. */
const hangMs = 30_000;
/** At once: as a dashboard's panels. */
const lanes = 6;
const progressEvery = 5000;

/** Sends statements to the executable, several at once; each must get an answer, and nothing may end the process. */
export async function fuzzStatements(target: Target, options: FuzzOptions): Promise<Report> {
  const vocabulary = await readVocabulary();
  const report = new Report(options.onFault);
  let next = options.first;
  const end = options.first + options.count;
  const running = new Map<number, PanelQuery>();
  const lane = async (id: number) => {
    // One with an engine that no statement has broken yet.
    let source = target.source(id);
    while (next < end) {
      const number = next++;
      const query = writeQuery(options.seed, number, vocabulary);
      running.set(number, query);
      const result = await run(target, source, number, query);
      running.delete(number);
      report.add(result);
      if (result.outcome === 'engine_failed') {
        source = target.source(id, (source.updatedMs ?? 0) + 1);
      }
      if (report.total % progressEvery === 0) {
        options.onProgress?.(report);
      }
    }
  };
  while (next < end) {
    await Promise.all(Array.from({ length: lanes }, (_, i) => untilDeath(lane(i + 1), target)));
    if (!target.isAlive) {
      await findKillers(target, running, report);
      running.clear();
    }
  }
  return report;
}

/** Nobody goes on while the process is gone: those that were under way are looked at first. */
class Gone extends Error {}

async function untilDeath(lane: Promise<void>, target: Target): Promise<void> {
  try {
    await lane;
  } catch (error) {
    if (!(error instanceof Gone) && target.isAlive) {
      throw error;
    }
  }
}

/** One by one, the statements that ran when the process ended. */
async function findKillers(target: Target, suspects: ReadonlyMap<number, PanelQuery>, report: Report): Promise<void> {
  for (const [number, query] of suspects) {
    await target.drop();
    try {
      report.add(await run(target, target.source(), number, query));
    } catch {
      report.add({ number, outcome: 'crash', fault: 'the process has ended', query });
    }
  }
  if (![...suspects.keys()].some((number) => report.hasCrash(number))) {
    report.add({
      number: -1,
      outcome: 'crash',
      fault: `the process has ended; ran then: ${[...suspects.keys()].join(', ')}`,
    });
  }
  await target.drop();
}

async function run(target: Target, source: DataSource, number: number, query: PanelQuery): Promise<Fault> {
  const host = await target.host();
  try {
    const [answer] = await host.query(source, [query], { timeoutMs: hangMs });
    const verdict: Verdict = answer ? judge(answer, sqlOf(query)) : { outcome: 'none', fault: 'no answer' };
    return { number, query, ...verdict };
  } catch (error) {
    if (!target.isAlive) {
      throw new Gone();
    }
    return { number, query, outcome: 'call', fault: String(error) };
  }
}

function sqlOf({ model }: PanelQuery): string {
  return (model as { rawSql: string }).rawSql;
}

/** The statement of this number, and how a panel asks for it. */
function writeQuery(seed: number, number: number, vocabulary: readonly FunctionOverload[]): PanelQuery {
  const random = new Random(seed + Math.imul(number, 0x9e3779b9));
  const grammar = new Grammar(random, vocabulary);
  const rawSql = random.pick([
    () => grammar.statement(),
    () => grammar.statement(),
    () => decorate(random, grammar.statement()),
    () => mutateSql(random, random.pick(corpus), grammar.statement()),
    () => mutateSql(random, grammar.statement(), random.pick(corpus)),
  ])();
  return { model: { rawSql, ...randomOptions(random) }, maxDataPoints: random.pick([0, 1, 100, 1000]) };
}

function randomOptions(random: Random): object {
  return {
    format: random.pick(['table', 'table', 'time_series', 'multi']),
    ...(random.happens(0.1) && {
      fill: random.pick([{ mode: 'null' }, { mode: 'previous' }, { mode: 'value', value: 0 }]),
    }),
    ...(random.happens(0.1) && { downsample: random.pick(downsamples) }),
    ...(random.happens(0.1) && { timezone: random.pick(['Europe/Berlin', 'Asia/Kathmandu', 'utc', 'browser']) }),
  };
}
