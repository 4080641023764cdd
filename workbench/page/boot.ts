// Comes first and alone: Grafana's packages read these globals as they are loaded.
const parameters = new URLSearchParams(location.search);
const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
const theme =
  parameters.get('theme') === 'light' || parameters.get('theme') === 'dark' ? parameters.get('theme') : preferred;

const settings: object = await (await fetch('/api/frontend/settings')).json();

Object.assign(window, {
  __grafana_public_path__: '/public/',
  grafanaBootData: {
    settings,
    user: {
      id: 1,
      isSignedIn: true,
      login: 'workbench',
      orgId: 1,
      orgRole: 'Admin',
      theme,
      timezone: 'utc',
      weekStart: '',
    },
    navTree: [],
    assets: { dark: '', light: '' },
  },
  MonacoEnvironment: { getWorker: () => new Worker('/build/editor.worker.js') },
});

const { start } = await import('./app.tsx');
await start();

export {};
