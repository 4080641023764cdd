import { type DataFrame, FieldType, type TimeRange, type TimeZone } from '@grafana/data';
import { LegendDisplayMode, TimeSeries } from '@grafana/ui';
import { Message } from './message.tsx';

export interface TimeSeriesGraphProps {
  /** With display processors and colours, as applyFieldOverrides() gives them. */
  readonly frames: DataFrame[];
  readonly width: number;
  readonly height: number;
  readonly timeRange: TimeRange;
  readonly timeZone: TimeZone;
  /** Default: the legend is shown. */
  readonly showLegend?: boolean;
}

/** Lines over time, or a sentence where there is nothing to draw. */
export function TimeSeriesGraph({
  frames,
  width,
  height,
  timeRange,
  timeZone,
  showLegend = true,
}: TimeSeriesGraphProps) {
  const drawable = frames.filter(hasSeries);
  if (drawable.length === 0) {
    return (
      <Message>{frames.length === 0 ? 'No data' : 'No time series: a time column and a number are needed'}</Message>
    );
  }
  return (
    <TimeSeries
      frames={drawable}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={{ showLegend, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] }}
    />
  );
}

export function hasSeries({ fields, length }: DataFrame): boolean {
  const types = fields.map(({ type }) => type);
  return length > 0 && types.includes(FieldType.time) && types.includes(FieldType.number);
}
