import { Combobox, type ComboboxOption } from '@grafana/ui';
import type { BuilderOrder, BuilderQuery } from '../../model/builder.ts';
import { isGrouped } from './builder-sql.ts';
import { aggregateLabel, type ColumnChoices } from './column-choices.ts';
import { ItemList } from './item-list.tsx';
import { orderNames } from './settle.ts';

interface Props {
  readonly builder: BuilderQuery;
  readonly choices: ColumnChoices;
  readonly onChange: (orderBy: readonly BuilderOrder[]) => void;
}

const directions: ComboboxOption<BuilderOrder['direction']>[] = [
  { value: 'asc', label: 'Ascending' },
  { value: 'desc', label: 'Descending' },
];

/** In which order rows come. */
export function OrderList({ builder, choices, onChange }: Props) {
  const targets = targetsOf(builder, choices);
  return (
    <ItemList
      noun="order"
      items={builder.orderBy}
      onChange={onChange}
      create={(): BuilderOrder => ({ by: choices.names[0] ?? '', ...targets[0]?.target, direction: 'asc' })}
      controls={(order, label, change) => [
        <Combobox
          key="by"
          aria-label={`Column of ${label}`}
          width={32}
          options={targets.map(({ target, label }) => ({ value: keyOf(target), label }))}
          value={{ value: keyOf(order), label: labelOf(order) }}
          onChange={({ value }) => {
            const chosen = targets.find(({ target }) => keyOf(target) === value)?.target;
            change({ ...(chosen ?? order), direction: order.direction });
          }}
        />,
        <Combobox
          key="direction"
          aria-label={`Direction of ${label}`}
          width={18}
          options={directions}
          value={order.direction}
          onChange={({ value }) => change({ ...order, direction: value })}
        />,
      ]}
    />
  );
}

type Target = Omit<BuilderOrder, 'direction'>;

/** What the SELECT can be ordered by. Without an alias, an aggregate is meant by itself. */
function targetsOf(
  builder: BuilderQuery,
  { names }: ColumnChoices,
): readonly { readonly target: Target; readonly label: string }[] {
  const aggregates = builder.columns.flatMap(({ name, aggregate, alias }) =>
    aggregate !== undefined && alias === undefined ? [{ by: name, aggregate }] : [],
  );
  const targets: readonly Target[] = [
    ...orderNames(builder, names).map((by) => ({ by })),
    ...(isGrouped(builder) ? aggregates : []),
  ];
  return targets.map((target) => ({ target, label: labelOf(target) }));
}

function keyOf({ by, aggregate }: Target): string {
  return `${aggregate ?? ''} ${by}`;
}

function labelOf({ by, aggregate }: Target): string {
  return aggregate === undefined ? by : `${aggregateLabel(aggregate)} of ${by}`;
}
