import { dateTime, type TimeRange } from '@grafana/data';
import { TimeRangePicker } from '@grafana/ui';

export interface RangePickerProps {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
}

/** Grafana's time picker, with its buttons at work. */
export function RangePicker({ range, onChange }: RangePickerProps) {
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const half = (to - from) / 2;
  const move = (fromMs: number, toMs: number) => onChange(absolute(from + fromMs, to + toMs));
  return (
    <TimeRangePicker
      value={range}
      timeZone="utc"
      onChange={onChange}
      onChangeTimeZone={() => {}}
      onMoveBackward={() => move(-half, -half)}
      onMoveForward={() => move(half, half)}
      onZoom={() => move(-half, half)}
    />
  );
}

export function absolute(fromMs: number, toMs: number): TimeRange {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}
