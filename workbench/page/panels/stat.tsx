import { getFieldDisplayValues, type PanelProps, type ReduceDataOptions, ReducerID } from '@grafana/data';
import { BigValue, BigValueColorMode, BigValueGraphMode, useTheme2 } from '@grafana/ui';
import { Message } from './message.tsx';

const lastValue: ReduceDataOptions = { calcs: [ReducerID.lastNotNull], values: false };

/** Single values, side by side. */
export function Stat({ data, fieldConfig, options, replaceVariables, timeZone, width, height }: PanelProps) {
  const theme = useTheme2();
  const { reduceOptions = lastValue } = options as { reduceOptions?: ReduceDataOptions };
  const values = getFieldDisplayValues({
    fieldConfig,
    data: data.series,
    reduceOptions,
    replaceVariables,
    theme,
    timeZone,
  });
  if (values.length === 0) {
    return <Message>No data</Message>;
  }
  const each = Math.floor(width / values.length);
  return (
    <div style={{ display: 'flex' }}>
      {values.map(({ display, field, colIndex, rowIndex }) => (
        <BigValue
          key={`${field.displayName ?? display.title} ${colIndex} ${rowIndex}`}
          value={display}
          colorMode={BigValueColorMode.Value}
          graphMode={BigValueGraphMode.None}
          width={each}
          height={height}
          theme={theme}
        />
      ))}
    </div>
  );
}
