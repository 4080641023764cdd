import type { AnnotationQuery, DataSourceRef, FieldConfigSource } from '@grafana/data';
import type { SceneDataQuery } from '@grafana/scenes';

/** The part of a saved dashboard that the workbench draws. */
export interface DashboardJson {
  readonly title: string;
  readonly time?: { readonly from: string; readonly to: string };
  readonly refresh?: string;
  readonly timezone?: string;
  readonly panels: readonly PanelJson[];
  readonly templating?: { readonly list: readonly VariableJson[] };
  readonly annotations?: { readonly list: readonly AnnotationQuery[] };
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: DataSourceRef;
  readonly targets?: SceneDataQuery[];
  readonly maxDataPoints?: number;
  /** The least between two points: `30m`. */
  readonly interval?: string;
  readonly options?: object;
  readonly fieldConfig?: FieldConfigSource;
  readonly transformations?: { readonly id: string; readonly options: object }[];
}

export interface VariableJson {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly query?: string | SceneDataQuery;
  readonly datasource?: DataSourceRef;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly regex?: string;
  readonly sort?: number;
  readonly refresh?: number;
  readonly current?: { readonly text?: string | string[]; readonly value?: string | string[] };
}
