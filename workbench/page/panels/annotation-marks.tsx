import { type DataFrame, DataFrameView, textUtil } from '@grafana/data';
import { type UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';

interface Annotation {
  readonly time: number;
  readonly timeEnd?: number | null;
  readonly title?: string;
  readonly text?: string;
  readonly color?: string;
}

/** The graph as it was drawn last: a new object with each drawing. */
interface Drawn {
  readonly over: HTMLElement;
  readonly toPixels: (timeMs: number) => number;
}

export interface AnnotationMarksProps {
  readonly config: UPlotConfigBuilder;
  readonly annotations: DataFrame[];
}

/** A line over the graph for each annotation, or a band from its time to its end; its text is the line's title. */
export function AnnotationMarks({ config, annotations }: AnnotationMarksProps) {
  const theme = useTheme2();
  const [drawn, setDrawn] = useState<Drawn>();
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => setDrawn({ over: plot.over, toPixels: (timeMs) => plot.valToPos(timeMs, 'x') }));
  }, [config]);
  if (drawn === undefined) {
    return null;
  }
  const width = drawn.over.clientWidth;
  const marks = annotations
    .flatMap(readAnnotations)
    .map((annotation) => ({ ...annotation, ...placeOf(annotation, drawn) }))
    .filter(({ left, right }) => right >= 0 && left <= width);
  return createPortal(
    [...marks.entries()].map(([place, { left, right, title, text, color }]) => (
      <div
        key={place}
        data-testid="annotation"
        title={[title, text].filter(Boolean).map(textOfHtml).join(': ')}
        style={markStyle(left, right, theme.visualization.getColorByName(color ?? 'blue'))}
      />
    )),
    drawn.over,
  );
}

function readAnnotations(frame: DataFrame): Annotation[] {
  return new DataFrameView<Annotation>(frame).toArray().map((annotation) => ({ ...annotation }));
}

/** Grafana's tooltip takes both for HTML; of that, a title of the browser's shows the text. */
function textOfHtml(html = ''): string {
  return new DOMParser().parseFromString(textUtil.sanitize(html), 'text/html').body.textContent;
}

function placeOf({ time, timeEnd }: Annotation, { toPixels }: Drawn) {
  const left = toPixels(time);
  return { left, right: timeEnd ? toPixels(timeEnd) : left };
}

function markStyle(left: number, right: number, color: string) {
  return {
    position: 'absolute',
    top: 0,
    bottom: 0,
    left,
    width: Math.max(right - left, 1),
    borderLeft: `1px dashed ${color}`,
    background: right > left ? `color-mix(in srgb, ${color} 15%, transparent)` : 'none',
  } as const;
}
