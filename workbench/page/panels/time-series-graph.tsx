import { type DataFrame, FieldType, type TimeRange, type TimeZone } from '@grafana/data';
import { LegendDisplayMode, TimeSeries } from '@grafana/ui';
import { AnnotationMarks } from './annotation-marks.tsx';
import { GraphTooltip } from './graph-tooltip.tsx';
import { Message } from './message.tsx';

export interface TimeSeriesGraphProps {
  /** With display processors and colours, as applyFieldOverrides() gives them. */
  readonly frames: DataFrame[];
  readonly annotations?: DataFrame[] | undefined;
  readonly width: number;
  readonly height: number;
  readonly timeRange: TimeRange;
  readonly timeZone: TimeZone;
  /** Default: the legend is shown. */
  readonly showLegend?: boolean;
  /** Somebody has chosen a range in the graph. */
  readonly onZoom?: (fromMs: number, toMs: number) => void;
}

/** Lines over time, or a sentence where there is nothing to draw. */
export function TimeSeriesGraph(props: TimeSeriesGraphProps) {
  const { frames, annotations = [], width, height, timeRange, timeZone, showLegend = true, onZoom } = props;
  const drawable = frames.filter(hasSeries);
  if (drawable.length === 0) {
    const isEmpty = frames.every(({ length }) => length === 0);
    return <Message>{isEmpty ? 'No data' : 'No time series: a time column and a number are needed'}</Message>;
  }
  return (
    <TimeSeries
      frames={drawable}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={{ showLegend, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] }}
    >
      {(config, frame) => (
        <>
          <GraphTooltip config={config} frame={frame} timeZone={timeZone} onZoom={onZoom} />
          <AnnotationMarks config={config} annotations={annotations} />
        </>
      )}
    </TimeSeries>
  );
}

export function hasSeries({ fields, length }: DataFrame): boolean {
  const types = fields.map(({ type }) => type);
  return length > 0 && types.includes(FieldType.time) && types.includes(FieldType.number);
}
