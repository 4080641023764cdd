import { css } from '@emotion/css';
import { CoreApp, type GrafanaTheme2, InternalTimeZones } from '@grafana/data';
import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { Button, InlineSwitch, Input, RadioButtonGroup, Stack, TimeZonePicker, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { Downsample, Fill } from '../../model/query.ts';
import { colorsOf } from '../theme-colors.ts';
import type { QuiverQuery } from '../types.ts';
import { formatChoiceOf, isMultiFrame } from './format-choice.ts';
import { withKey } from './with-key.ts';

interface Props {
  readonly query: QuiverQuery;
  readonly app: CoreApp | undefined;
  onChange(query: QuiverQuery): void;
}

/** What few queries need: folded, with a word for each that is set. */
export function QueryOptions({ query, app, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Button
          variant="secondary"
          fill="text"
          size="sm"
          icon={open ? 'angle-down' : 'angle-right'}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          Options
        </Button>
        {!open && <span className={styles.summary}>{summaryOf(query, app).join(', ')}</span>}
      </Stack>
      <div id={id}>{open && <OptionFields query={query} app={app} onChange={onChange} />}</div>
    </>
  );
}

const fillChoices = [
  { value: 'none', label: 'Nothing' },
  { value: 'null', label: 'NULL' },
  { value: 'previous', label: 'Previous value' },
  { value: 'value', label: 'Number' },
] as const satisfies readonly { value: Fill['mode'] | 'none'; label: string }[];

const downsampleChoices = [
  { value: 'none', label: 'No', description: 'Every point' },
  { value: 'lttb', label: 'Shape', description: 'Points that draw nearly the same line' },
  { value: 'minmax', label: 'Extremes', description: 'The lowest and highest point of each bucket' },
  { value: 'average', label: 'Average', description: 'The average of each bucket' },
] as const satisfies readonly { value: Downsample | 'none'; label: string; description: string }[];

function OptionFields({ query, app, onChange }: Props) {
  const id = useId();
  const isSeries = formatChoiceOf(query) === 'time_series';
  const { fill, downsample, timezone } = query;
  return (
    <EditorRow>
      {isSeries && (
        <>
          <EditorField
            label="Fill gaps with"
            tooltip="What stands in a time series where no row is. A macro's own fill wins"
          >
            <Stack gap={0.5}>
              <RadioButtonGroup<Fill['mode'] | 'none'>
                aria-label="Fill gaps with"
                size="sm"
                options={[...fillChoices]}
                value={fill?.mode ?? 'none'}
                onChange={(mode) => onChange(withKey(query, 'fill', fillOf(mode, fill)))}
              />
              {fill?.mode === 'value' && (
                <Input
                  // It keeps what is typed until somebody leaves it; another number in the query begins anew.
                  key={fill.value}
                  aria-label="Number that fills gaps"
                  type="number"
                  step="any"
                  width={10}
                  defaultValue={fill.value}
                  onBlur={({ currentTarget: { valueAsNumber: value } }) => {
                    if (Number.isFinite(value)) {
                      onChange({ ...query, fill: { ...fill, value } });
                    }
                  }}
                />
              )}
            </Stack>
          </EditorField>
          {!isAlert(app) && (
            <EditorField
              label="Fewer points"
              tooltip="The engine chooses about as many points as the panel has room for"
            >
              <RadioButtonGroup<Downsample | 'none'>
                aria-label="Fewer points"
                size="sm"
                options={[...downsampleChoices]}
                value={downsample ?? 'none'}
                onChange={(mode) => onChange(withKey(query, 'downsample', mode === 'none' ? undefined : mode))}
              />
            </EditorField>
          )}
          {!isAlert(app) && (
            <EditorField label="Frame for each series" tooltip="Instead of one wide frame with a field for each series">
              <InlineSwitch
                id={`${id}-multi`}
                value={isMultiFrame(query)}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({ ...query, format: checked ? 'multi' : 'time_series' })
                }
              />
            </EditorField>
          )}
        </>
      )}
      <EditorField
        label="Time zone"
        tooltip="Of the engine's session: buckets of days and longer begin at its midnight"
      >
        <TimeZonePicker
          inputId={`${id}-timezone`}
          width={32}
          value={timezone ?? ''}
          includeInternal={[InternalTimeZones.default, InternalTimeZones.utc, InternalTimeZones.localBrowserTime]}
          onChange={(zone) => onChange(withKey(query, 'timezone', zone || undefined))}
        />
      </EditorField>
    </EditorRow>
  );
}

/** With what else the last one has, which may be a later version's. */
function fillOf(mode: Fill['mode'] | 'none', last: Fill | undefined): Fill | undefined {
  const { value: _, ...others } = { value: undefined, ...last };
  switch (mode) {
    case 'none':
      return undefined;
    case 'value':
      return { ...others, mode, value: 0 };
    default:
      return { ...others, mode };
  }
}

function summaryOf(query: QuiverQuery, app: CoreApp | undefined): readonly string[] {
  const { fill, downsample, timezone } = query;
  const isSeries = formatChoiceOf(query) === 'time_series';
  const chosen = downsampleChoices.find(({ value }) => value === downsample);
  return [
    ...(isSeries && fill ? [`Gaps: ${fill.mode === 'value' ? fill.value : fill.mode}`] : []),
    ...(isSeries && chosen && !isAlert(app) ? [`Fewer points: ${chosen.label.toLowerCase()}`] : []),
    ...(isSeries && isMultiFrame(query) && !isAlert(app) ? ['Frame for each series'] : []),
    ...(timezone ? [`Time zone: ${timezone}`] : []),
  ];
}

/** Alert rules calculate with every point, and with one shape. */
export function isAlert(app: CoreApp | undefined): boolean {
  return app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    summary: css({ color: colorsOf(theme).text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
