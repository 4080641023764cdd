const datasource = { type: 'quiver-sql-datasource', uid: 'weather' };

/** Keepers of the stations: one with a quote in the name, and one whose name looks like HTML. */
const keepers = `(VALUES ('O''Brien', 'cork'), ('<b>岡</b> 🌡', 'faro'), ('Haugen', 'bergen')) AS keepers (keeper, station)`;

/** Tables whose rows show what has been chosen, by variables and by time. The zone is neither UTC nor the browser's. */
export const choicesDashboard = {
  title: 'Choices',
  timezone: 'Asia/Kolkata',
  time: { from: '2026-01-01T06:00:00.000Z', to: '2026-01-01T12:00:00.000Z' },
  templating: {
    list: [
      {
        ...variable('keeper', `SELECT keeper FROM ${keepers}`),
        multi: true,
        includeAll: true,
        current: { text: ['All'], value: ['$__all'] },
      },
      {
        ...variable('station', "SELECT station FROM stations WHERE station LIKE '$__searchFilter' ORDER BY station"),
        current: { text: 'bergen', value: 'bergen' },
      },
    ],
  },
  panels: [
    table(1, 'Keepers', `SELECT keeper FROM ${keepers} WHERE keeper IN ($keeper)`),
    table(2, 'Kept', `SELECT station FROM ${keepers} WHERE $__conditionalAll(keeper IN ($keeper), $keeper)`),
    table(3, 'Station', "SELECT region FROM stations WHERE station = '$station'"),
    table(4, 'Minutes', "SELECT count(*) AS minutes FROM readings WHERE $__timeFilter(time) AND station = 'oulu'"),
    table(5, 'Zone', "SELECT current_setting('TimeZone') AS zone"),
  ],
};

/** Ad hoc filters over a query that says where they go, and over one that does not. */
export const filtersDashboard = {
  title: 'Filters',
  time: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
  templating: { list: [{ type: 'adhoc', name: 'filters', label: 'Filters', datasource }] },
  panels: [
    table(1, 'Placed', "SELECT DISTINCT station FROM readings WHERE $__adHocFilters('readings')"),
    table(2, 'Wrapped', 'SELECT station, region FROM stations'),
  ],
};

/** Of a view whose one column is called so that it must be quoted wherever it stands. */
export const oddColumn = `気温 "🌡".'`;
export const oddView = `CREATE VIEW odd AS SELECT unnest(['it''s <b>', 'plain']) AS "${oddColumn.replaceAll('"', '""')}"`;

/** Ad hoc filters over that view. */
export const oddDashboard = {
  title: 'Odd',
  templating: { list: [{ type: 'adhoc', name: 'filters', label: 'Filters', datasource }] },
  panels: [table(1, 'Odd', 'SELECT * FROM odd')],
};

/** A graph with a moment and a span marked on it, and with a moment of another annotation. */
export const marksDashboard = {
  title: 'Marks',
  time: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
  annotations: {
    list: [
      annotation(
        'Work',
        `SELECT TIMESTAMP '2026-01-01 12:00' AS time, NULL AS "timeEnd", 'Noon' AS title, 'a <b>new</b> sensor' AS text, 'work' AS tags
UNION ALL SELECT TIMESTAMP '2026-01-01 18:00', TIMESTAMP '2026-01-02', 'Evening', 'no mains', 'work, power'`,
      ),
      annotation('Frost', "SELECT TIMESTAMP '2026-01-01 06:00' AS time, 'Ice' AS title"),
    ],
  },
  panels: [
    {
      id: 1,
      title: 'Temperature',
      type: 'timeseries',
      gridPos: { x: 0, y: 0, w: 24, h: 12 },
      datasource,
      targets: [target('Temperature', "SELECT time, temperature FROM readings WHERE station = 'oulu'", 'time_series')],
    },
  ],
};

/** Asks anew by itself, as often as Grafana lets dashboards do. */
export const refreshedDashboard = {
  title: 'Refreshed',
  refresh: '5s',
  panels: [table(1, 'Chance', 'SELECT random() AS chance')],
};

/** One panel, whose query nobody waits for. */
export const endlessDashboard = {
  title: 'Endless',
  panels: [table(1, 'Sum', 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b')],
};

/** A panel with an error that has a hint beside one without. */
export const wrongDashboard = {
  title: 'Wrong',
  panels: [
    table(1, 'Wrong', 'SELECT temperature FROM readings WHERE $__timeFiter(time)'),
    table(2, 'Right', 'SELECT 6 * 7 AS answer'),
  ],
};

function annotation(name: string, rawSql: string) {
  return { name, datasource, enable: true, iconColor: 'orange', target: { refId: 'Anno', datasource, rawSql } };
}

function variable(name: string, rawSql: string) {
  return { type: 'query', name, label: name, datasource, query: { refId: 'variable', rawSql, format: 'table' } };
}

/** Its query's refId is its title. */
function table(id: number, title: string, rawSql: string) {
  const gridPos = { x: ((id - 1) % 3) * 8, y: Math.floor((id - 1) / 3) * 8, w: 8, h: 8 };
  return { id, title, type: 'table', gridPos, datasource, targets: [target(title, rawSql, 'table')] };
}

function target(refId: string, rawSql: string, format: string) {
  return { refId, datasource, rawSql, format };
}
