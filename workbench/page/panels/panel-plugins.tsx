import {
  FieldColorModeId,
  FieldConfigProperty,
  PanelPlugin,
  type PanelPluginMeta,
  type PanelProps,
} from '@grafana/data';
import type { ComponentType } from 'react';
import { DataTable } from './data-table.tsx';
import { LogLines } from './log-lines.tsx';
import { Message } from './message.tsx';
import { Stat } from './stat.tsx';
import { TimeSeriesGraph } from './time-series-graph.tsx';
import { Trace } from './trace.tsx';

/** Grafana's panels are not on npm: small ones of the same ids, around the parts of @grafana/ui. */
const panels: Readonly<Record<string, ComponentType<PanelProps>>> = {
  timeseries: ({ data, width, height, timeRange, timeZone, options, onChangeTimeRange }) => (
    <TimeSeriesGraph
      frames={data.series}
      annotations={data.annotations}
      onZoom={(from, to) => onChangeTimeRange({ from, to })}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      showLegend={(options as { legend?: { showLegend?: boolean } }).legend?.showLegend !== false}
    />
  ),
  stat: Stat,
  logs: ({ data, timeZone }) =>
    data.series.map((frame) => <LogLines key={frame.refId} frame={frame} timeZone={timeZone} />),
  traces: ({ data }) => data.series.map((frame) => <Trace key={frame.refId} frame={frame} />),
  table: ({ data, width, height }) => <DataTable frame={data.series[0]} width={width} height={height} />,
};

const made = new Map<string, PanelPlugin>();

/** A panel plugin by its id; what the workbench does not have says so in its place. */
export function findPanelPlugin(id: string): PanelPlugin {
  const plugin =
    made.get(id) ??
    makePlugin(id, panels[id] ?? (() => <Message>The workbench has no panel of the kind {id}</Message>));
  made.set(id, plugin);
  return plugin.setDataSupport({ annotations: id === 'timeseries', alertStates: false });
}

const coloured = {
  standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.PaletteClassic } } },
};

function makePlugin(id: string, panel: ComponentType<PanelProps>): PanelPlugin {
  const plugin = new PanelPlugin(panel);
  plugin.meta = {
    id,
    name: id,
    type: 'panel',
    module: '',
    baseUrl: '',
    sort: 0,
    info: {},
  } as unknown as PanelPluginMeta;
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Grafana's that is named as hooks are
  plugin.useFieldConfig(id === 'timeseries' ? coloured : {});
  return plugin.setDataSupport({ annotations: id === 'timeseries', alertStates: false });
}
