import type { ComboboxOption } from '@grafana/ui';
import {
  type BuilderAggregate,
  type BuilderOperator,
  builderAggregates,
  builderOperators,
} from '../../model/builder.ts';
import type { ColumnKind, ColumnPayload } from '../../model/resources.ts';
import { aggregatesOf, operatorsOf } from './choices.ts';

/** The table's columns as choices. What the catalogue could not tell leaves everything open. */
export interface ColumnChoices {
  readonly names: readonly string[];
  readonly options: ComboboxOption<string>[];
  readonly kindOf: (name: string) => ColumnKind | undefined;
  readonly aggregatesOf: (name: string) => readonly BuilderAggregate[];
  readonly operatorsOf: (name: string) => readonly BuilderOperator[];
}

export function columnChoices(columns: readonly ColumnPayload[]): ColumnChoices {
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  const fitting = <T>(name: string, fits: Readonly<Record<ColumnKind, readonly T[]>>, all: readonly T[]) => {
    const kind = kinds.get(name);
    return kind === undefined ? all : fits[kind];
  };
  return {
    names: columns.map(({ name }) => name),
    options: columns.map(({ name, type }) => ({ value: name, description: type })),
    kindOf: (name) => kinds.get(name),
    aggregatesOf: (name) => (name === '*' ? ['count'] : fitting(name, aggregatesOf, builderAggregates)),
    operatorsOf: (name) => fitting(name, operatorsOf, builderOperators),
  };
}

const aggregateLabels: Readonly<Record<BuilderAggregate, string>> = {
  count: 'Count',
  count_distinct: 'Count distinct',
  sum: 'Sum',
  avg: 'Average',
  min: 'Minimum',
  max: 'Maximum',
  median: 'Median',
  p95: '95th percentile',
  stddev: 'Standard deviation',
};

/** An aggregate as a choice; empty text is none. */
export type AggregateChoice = BuilderAggregate | '';

export function aggregateOptions(aggregates: readonly BuilderAggregate[]): ComboboxOption<AggregateChoice>[] {
  return [{ value: '', label: 'As it is' }, ...aggregates.map((value) => ({ value, label: aggregateLabels[value] }))];
}

export function aggregateLabel(aggregate: BuilderAggregate): string {
  return aggregateLabels[aggregate];
}
