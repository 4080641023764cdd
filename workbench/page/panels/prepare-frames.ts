import {
  applyFieldOverrides,
  type DataFrame,
  FieldColorModeId,
  type FieldConfigSource,
  type GrafanaTheme2,
  standardFieldConfigEditorRegistry,
  type TimeZone,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';

const defaults: FieldConfigSource = {
  defaults: { color: { mode: FieldColorModeId.PaletteClassic }, custom: {} },
  overrides: [],
};

/** Gives each field what drawing needs: how its values are written, its colour, its name. */
export function prepareFrames(frames: DataFrame[], theme: GrafanaTheme2, timeZone: TimeZone): DataFrame[] {
  return applyFieldOverrides({
    data: frames,
    fieldConfig: defaults,
    fieldConfigRegistry: standardFieldConfigEditorRegistry,
    replaceVariables: (text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format),
    theme,
    timeZone,
  });
}
