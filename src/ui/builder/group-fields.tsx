import { Combobox, Input } from '@grafana/ui';
import type { BuilderQuery, BuilderTimeGroup } from '../../model/builder.ts';
import type { ColumnChoices } from './column-choices.ts';
import { MultiChoice } from './multi-choice.tsx';

interface Props {
  readonly builder: BuilderQuery;
  readonly choices: ColumnChoices;
  readonly onChange: (builder: BuilderQuery) => void;
}

/** How wide a bucket is until somebody says otherwise: as wide as the panel has room for. */
const panelInterval = '$__interval';

const noTime = { value: '', label: 'No time' };

/** By what rows become groups: buckets of a time, columns, or both. */
export function GroupFields({ builder, choices, onChange }: Props) {
  const { groupByTime, groupBy } = builder;
  const changeTime = (group: BuilderTimeGroup | undefined) => {
    const { groupByTime: _, ...rest } = builder;
    onChange(group ? { ...rest, groupByTime: group } : rest);
  };
  return (
    <>
      <Combobox
        aria-label="Group by time"
        width={24}
        options={[noTime, ...choices.options.filter(({ value }) => choices.kindOf(value) === 'time')]}
        value={groupByTime?.column ?? noTime.value}
        onChange={({ value }) =>
          changeTime(value === noTime.value ? undefined : { interval: panelInterval, ...groupByTime, column: value })
        }
      />
      {groupByTime && (
        <Input
          aria-label="Interval"
          width={16}
          placeholder={panelInterval}
          value={groupByTime.interval}
          onChange={({ currentTarget }) => changeTime({ ...groupByTime, interval: currentTarget.value })}
          onBlur={() => groupByTime.interval.trim() === '' && changeTime({ ...groupByTime, interval: panelInterval })}
        />
      )}
      <MultiChoice
        label="Group by columns"
        placeholder="Columns"
        width={40}
        options={choices.options}
        value={[...groupBy]}
        onChange={(options) => onChange({ ...builder, groupBy: options.map(({ value }) => value) })}
      />
    </>
  );
}
