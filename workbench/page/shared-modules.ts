import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import * as i18next from 'i18next';
import * as lodash from 'lodash';
import * as moment from 'moment';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as reactRouter from 'react-router';
import * as rxjs from 'rxjs';

/** What Grafana itself brings, and shares with every plugin; scripts/bundle-ui.ts leaves the same out of module.js. */
export const sharedModules: Readonly<Record<string, object>> = {
  '@emotion/css': shared(emotionCss),
  '@emotion/react': shared(emotionReact),
  '@grafana/data': shared(data),
  '@grafana/runtime': shared(runtime),
  '@grafana/ui': shared(ui),
  i18next: shared(i18next),
  lodash: shared(lodash),
  moment: shared(moment),
  react: shared(react),
  'react/jsx-runtime': shared(jsxRuntime),
  'react-dom': shared(reactDom),
  'react-router': shared(reactRouter),
  rxjs: shared(rxjs),
};

/** Says that it is an ES module, so that a bundle takes `default` for the default import, and not the whole. */
function shared(module: object): object {
  return { ...module, __esModule: true };
}
