import { type DataFrame, DataFrameView } from '@grafana/data';
import { type UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useRef } from 'react';

interface Annotation {
  readonly time: number;
  readonly timeEnd?: number;
  readonly title?: string;
  readonly text?: string;
  readonly color?: string;
}

export interface AnnotationMarksProps {
  readonly config: UPlotConfigBuilder;
  readonly annotations: DataFrame[];
}

/** A line over the graph for each annotation, or a band from its time to its end; its text is the line's title. */
export function AnnotationMarks({ config, annotations }: AnnotationMarksProps) {
  const theme = useTheme2();
  const latest = useRef(annotations);
  latest.current = annotations;
  useLayoutEffect(() => {
    const marks: HTMLElement[] = [];
    config.addHook('draw', (plot) => {
      for (const mark of marks.splice(0)) {
        mark.remove();
      }
      for (const { time, timeEnd, title, text, color } of latest.current.flatMap(readAnnotations)) {
        const left = plot.valToPos(time, 'x');
        const right = timeEnd === undefined || timeEnd === null ? left : plot.valToPos(timeEnd, 'x');
        if (right < 0 || left > plot.over.clientWidth) {
          continue;
        }
        const mark = document.createElement('div');
        mark.dataset.testid = 'annotation';
        mark.title = [title, text].filter(Boolean).join(': ');
        const ink = theme.visualization.getColorByName(color ?? 'blue');
        Object.assign(mark.style, {
          position: 'absolute',
          top: '0',
          bottom: '0',
          left: `${left}px`,
          width: `${Math.max(right - left, 1)}px`,
          borderLeft: `1px dashed ${ink}`,
          background: right > left ? `${ink}22` : 'none',
        });
        plot.over.append(mark);
        marks.push(mark);
      }
    });
  }, [config, theme]);
  return null;
}

function readAnnotations(frame: DataFrame): Annotation[] {
  return new DataFrameView<Annotation>(frame).toArray().map((annotation) => ({ ...annotation }));
}
