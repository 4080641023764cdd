import { css } from '@emotion/css';
import { type DataSourceInstanceSettings, type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { config } from '@grafana/runtime';
import { GlobalStyles, ModalRoot, ModalsProvider, PortalContainer, useStyles2 } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { formatRoute, useRoute } from './route.ts';
import type { PageDataSources } from './runtime/data-source-srv.ts';
import { installRuntime } from './runtime/install.ts';
import { Dashboard } from './views/dashboard.tsx';
import { Explore } from './views/explore.tsx';
import { Settings } from './views/settings.tsx';

export async function start(): Promise<void> {
  const sources = await installRuntime();
  const element = document.getElementById('root');
  if (element === null) {
    throw new Error('Cannot draw the page: it has no element #root');
  }
  createRoot(element).render(<App sources={sources} />);
}

const views = [
  { view: 'settings', title: 'Settings' },
  { view: 'explore', title: 'Explore' },
  { view: 'dashboard', title: 'Dashboard' },
] as const;

function App({ sources }: { readonly sources: PageDataSources }) {
  return (
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <ModalsProvider>
        <Page sources={sources} />
        <ModalRoot />
      </ModalsProvider>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

function Page({ sources }: { readonly sources: PageDataSources }) {
  const route = useRoute();
  const styles = useStyles2(pageStyles);
  const settings = sources.getInstanceSettings(route.uid);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>Quiver workbench</h1>
        <nav aria-label="Views" className={styles.nav}>
          {views.map(({ view, title }) => (
            <a key={view} href={formatRoute({ view, uid: '' })} aria-current={view === route.view ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        {route.view !== 'dashboard' && (
          <DataSourceLinks sources={sources} current={settings?.uid ?? ''} view={route.view} />
        )}
        <ThemeLink />
      </header>
      <main>
        {route.view === 'dashboard' ? (
          <Dashboard key={route.uid} uid={route.uid} />
        ) : (
          settings && <View view={route.view} settings={settings} />
        )}
      </main>
    </div>
  );
}

function DataSourceLinks({ sources, current, view }: { sources: PageDataSources; current: string; view: string }) {
  const styles = useStyles2(pageStyles);
  return (
    <nav aria-label="Data sources" className={styles.nav}>
      {sources.getList().map(({ uid, name }) => (
        <a key={uid} href={formatRoute({ view, uid })} aria-current={uid === current ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

function View({ view, settings }: { readonly view: string; readonly settings: DataSourceInstanceSettings }) {
  if (view === 'settings') {
    return <Settings key={settings.uid} settings={settings} />;
  }
  return <Explore key={settings.uid} settings={settings} />;
}

/** Grafana's packages read the theme once, so that another one is another page. */
function ThemeLink() {
  const { hash } = location;
  const other = config.theme2.isDark ? 'light' : 'dark';
  return <a href={`?theme=${other}${hash}`}>{other === 'light' ? 'Light theme' : 'Dark theme'}</a>;
}

function pageStyles(theme: GrafanaTheme2) {
  return {
    page: css({ minHeight: '100vh', padding: theme.spacing(2), background: theme.colors.background.canvas }),
    header: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(3),
      marginBottom: theme.spacing(2),
    }),
    title: css({ ...theme.typography.h4, margin: 0 }),
    nav: css({
      display: 'flex',
      gap: theme.spacing(2),
      'a[aria-current]': { color: theme.colors.text.link, textDecoration: 'underline' },
    }),
  };
}
