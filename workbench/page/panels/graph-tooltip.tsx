import {
  type DataFrame,
  dateTimeFormat,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type TimeZone,
} from '@grafana/data';
import { SeriesTable, TooltipPlugin2, type UPlotConfigBuilder } from '@grafana/ui';

export interface GraphTooltipProps {
  readonly config: UPlotConfigBuilder;
  /** All series over one time. */
  readonly frame: DataFrame;
  readonly timeZone: TimeZone;
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
}

/** What @grafana/ui names `TooltipHoverMode.xAll`, as a number alone: all series at the pointer's time. */
const everySeries = 1;

/** The values under the pointer; dragging chooses a time range. */
export function GraphTooltip({ config, frame, timeZone, onZoom }: GraphTooltipProps) {
  return (
    <TooltipPlugin2
      config={config}
      hoverMode={everySeries as never}
      {...(onZoom && { queryZoom: ({ from, to }: { from: number; to: number }) => onZoom(from, to) })}
      render={(_plot, indexes) => {
        const row = indexes[0];
        if (row === null || row === undefined) {
          return null;
        }
        const series = frame.fields.flatMap((field, place) => {
          const value: unknown = field.values[indexes[place] ?? row];
          return field.type === FieldType.time || value === null || value === undefined
            ? []
            : [
                {
                  color: field.display?.(value).color,
                  label: getFieldDisplayName(field, frame),
                  value: formatted(field.display?.(value), value),
                },
              ];
        });
        return (
          <div style={{ padding: 8 }}>
            <SeriesTable timestamp={dateTimeFormat(frame.fields[0]?.values[row], { timeZone })} series={series} />
          </div>
        );
      }}
    />
  );
}

function formatted(display: Parameters<typeof formattedValueToString>[0] | undefined, value: unknown): string {
  return display ? formattedValueToString(display) : String(value);
}
