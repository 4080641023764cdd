package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"quiver/test/conformance/go-host/internal/host"
)

// Each test here ends with a good query: bad input disturbs nothing else.

func TestSettingsThatAreWrong(t *testing.T) {
	plugin := start(t)
	for name, test := range map[string]struct {
		json string
		want failure
	}{
		"no JSON":                   {`{"engine":`, failure{words: []string{"settings"}}},
		"a list":                    {`[]`, failure{words: []string{"settings"}}},
		"null":                      {`null`, failure{words: []string{"settings"}}},
		"an engine that is none":    {`{"engine":"mysql"}`, failure{words: []string{"engine", "duckdb"}}},
		"tables that are no list":   {`{"engine":"duckdb","duckdb":{"tables":"t"}}`, failure{words: []string{"duckdb.tables"}}},
		"a table without a path":    {`{"engine":"duckdb","duckdb":{"tables":[{"name":"t"}]}}`, failure{words: []string{"tables.0.path"}}},
		"a table without a name":    {`{"engine":"duckdb","duckdb":{"tables":[{"path":"/x.csv"}]}}`, failure{words: []string{"tables.0.name"}}},
		"two tables of one name":    {`{"engine":"duckdb","duckdb":{"tables":[{"name":"t","path":"/x.csv"},{"name":"T","path":"/y.csv"}]}}`, failure{words: []string{"two tables T"}}},
		"a format that is none":     {`{"engine":"duckdb","duckdb":{"tables":[{"name":"t","path":"/x.csv","format":"xlsx"}]}}`, failure{words: []string{"format", "csv"}}},
		"a limit that is no number": {`{"engine":"duckdb","duckdb":{},"limits":{"rows":"many"}}`, failure{words: []string{"limits.rows"}}},
		"a limit below one":         {`{"engine":"duckdb","duckdb":{},"limits":{"rows":-1}}`, failure{words: []string{"limits.rows"}}},
		"a time zone that is none":  {`{"engine":"duckdb","duckdb":{"timezone":"Mars/Olympus"}}`, failure{words: []string{"timezone"}}},
		"a memory that is none":     {`{"engine":"duckdb","duckdb":{"memoryLimit":"a lot"}}`, failure{words: []string{"memoryLimit"}}},
		"a database with a number":  {`{"engine":"duckdb","duckdb":{"database":5}}`, failure{words: []string{"duckdb.database"}}},
	} {
		t.Run(name, func(t *testing.T) {
			source := inMemory()
			source.JSONData = []byte(test.json)
			test.want.status, test.want.code = 400, "settings_invalid"
			mustFail(t, askOne(t, plugin, source, host.Table(`SELECT 1`)), test.want)
			mustBeUnwell(t, plugin, source, test.want.words...)
			stillWorks(t, plugin)
		})
	}

	for name, forget := range map[string]func(*pluginv2.QueryDataRequest){
		"no data source at all": func(request *pluginv2.QueryDataRequest) { request.PluginContext.DataSourceInstanceSettings = nil },
		"no plugin context":     func(request *pluginv2.QueryDataRequest) { request.PluginContext = nil },
	} {
		t.Run(name, func(t *testing.T) {
			request := host.Request{Source: inMemory(), Queries: []host.Query{host.Table(`SELECT 1 AS one`)}}.Proto()
			forget(request)
			answer, err := plugin.Data.QueryData(t.Context(), request)
			if err != nil {
				t.Fatalf("the call failed as a whole: %v", err)
			}
			decoded, err := backend.FromProto().QueryDataResponse(answer)
			if err != nil {
				t.Fatal(err)
			}
			mustFail(t, decoded.Responses["A"], failure{status: 400, words: []string{"data source"}})
			stillWorks(t, plugin)
		})
	}
}

// mustBeUnwell: "Save & test" says the same in words.
func mustBeUnwell(t *testing.T, plugin *host.Plugin, source host.DataSource, words ...string) {
	t.Helper()
	result := health(t, plugin, source)
	if result.Status != backend.HealthStatusError {
		t.Errorf("health is %v: %s", result.Status, result.Message)
	}
	mustMention(t, result.Message, words...)
	mustBeASentence(t, result.Message)
}

func TestFilesThatCannotBeRead(t *testing.T) {
	plugin := start(t)
	outside := tempDir(t)
	if err := os.WriteFile(filepath.Join(outside, "other.csv"), []byte("id\n1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files+"-beside.csv", []byte("id\n1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	at := func(path string) object { return object{"tables": []object{{"name": "t", "path": path}}} }
	for name, test := range map[string]struct {
		duckdb object
		want   failure
	}{
		"a table's file is missing":          {at(files + "/gone.parquet"), failure{404, "", "file_missing", []string{"gone.parquet"}}},
		"a glob matches nothing":             {at(files + "/gone-*.parquet"), failure{404, "", "file_missing", []string{"gone-*.parquet"}}},
		"the database is missing":            {object{"database": files + "/gone.duckdb"}, failure{404, "", "file_missing", []string{"gone.duckdb"}}},
		"text that calls itself Parquet":     {at(files + "/liar.parquet"), failure{422, "", "file_invalid", []string{"liar.parquet"}}},
		"an empty Parquet file":              {at(files + "/empty.parquet"), failure{422, "", "file_invalid", []string{"empty.parquet"}}},
		"half a Parquet file":                {at(files + "/half.parquet"), failure{422, "", "file_invalid", []string{"half.parquet"}}},
		"text that calls itself JSON":        {at(files + "/liar.json"), failure{422, "", "file_invalid", []string{"liar.json"}}},
		"text that calls itself a database":  {object{"database": files + "/liar.duckdb"}, failure{422, "", "file_invalid", []string{"liar.duckdb"}}},
		"a file outside":                     {at(outside + "/other.csv"), failure{403, "", "file_not_allowed", []string{"table t", "allowed_directories"}}},
		"a file outside that does not exist": {at(outside + "/secret.csv"), failure{403, "", "file_not_allowed", []string{"table t", "allowed_directories"}}},
		"a file beside, of the same prefix":  {at(files + "-beside.csv"), failure{403, "", "file_not_allowed", []string{"table t", "allowed_directories"}}},
		"a path that climbs out":             {at(files + "/../" + filepath.Base(outside) + "/other.csv"), failure{400, "", "settings_invalid", []string{"other.csv"}}},
		"a link that leaves":                 {at(files + "/leaving.csv"), failure{403, "", "file_not_allowed", []string{"table t", "allowed_directories"}}},
		"a database outside":                 {object{"database": outside + "/other.duckdb"}, failure{403, "", "file_not_allowed", []string{"database", "allowed_directories"}}},
		"directories outside":                {object{"directories": []string{outside}}, failure{403, "", "file_not_allowed", []string{filepath.Base(outside), "allowed_directories"}}},
		"a file of the system":               {at("/etc/passwd"), failure{403, "", "file_not_allowed", []string{"table t", "/etc"}}},
		"a table from the network":           {at("https://example.org/x.parquet"), failure{400, "", "settings_invalid", []string{"table t", "is a URL", "https:"}}},
	} {
		t.Run(name, func(t *testing.T) {
			source := dataSource(settings(test.duckdb))
			sql := `SELECT * FROM t`
			if test.duckdb["tables"] == nil {
				sql = `SELECT 1 AS one`
			}
			mustFail(t, askOne(t, plugin, source, host.Table(sql)), test.want)
			mustBeUnwell(t, plugin, source, test.want.words...)
			stillWorks(t, plugin)
		})
	}

	t.Run("one bad table leaves the others readable", func(t *testing.T) {
		source := withTables("good", "two.csv", "bad", "gone.parquet")
		if got := cell(frame(t, plugin, source, host.Table(`SELECT id FROM good`)), 0, 0); got != int64(1) {
			t.Errorf("got %v", got)
		}
	})

	t.Run("a file that comes later is read then", func(t *testing.T) {
		path := filepath.Join(files, "later.csv")
		source := withTables("t", "later.csv")
		mustFail(t, askOne(t, plugin, source, host.Table(`SELECT * FROM t`)), failure{status: 404, code: "file_missing", words: []string{"later.csv"}})
		if err := os.WriteFile(path, []byte("id\n7\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Remove(path) })
		if got := cell(frame(t, plugin, source, host.Table(`SELECT id FROM t`)), 0, 0); got != int64(7) {
			t.Errorf("got %v", got)
		}
	})

	t.Run("a file that may not be read", func(t *testing.T) {
		stranger := start(t, withoutPrivileges(t))
		source := withTables("t", "secret.csv")
		mustFail(t, askOne(t, stranger, source, host.Table(`SELECT * FROM t`)), failure{status: 403, code: "file_unreadable", words: []string{"secret.csv"}})
		mustBeUnwell(t, stranger, source, "secret.csv")
		stillWorks(t, stranger)
	})
}

func TestWithoutTheAdminsLeave(t *testing.T) {
	plugin := start(t, func(options *host.Options) { options.AllowedDirectories = "" })
	stillWorks(t, plugin)
	source := withTables("t", "mixed.csv")
	want := failure{status: 403, code: "file_not_allowed", words: []string{"table t", "[plugin.quiver-sql-datasource]", "allowed_directories"}}
	mustFail(t, askOne(t, plugin, source, host.Table(`SELECT * FROM t`)), want)
	mustBeUnwell(t, plugin, source, want.words...)
}

func TestPathsInSQL(t *testing.T) {
	plugin := start(t)
	inner := filepath.Join(files, "inner")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(inner) })
	if err := os.WriteFile(filepath.Join(inner, "in.csv"), []byte("id\n1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		source host.DataSource
		sql    string
	}{
		"without directories, none may be read":       {inMemory(), `SELECT * FROM read_csv('` + files + `/two.csv')`},
		"nor as a table's name":                       {inMemory(), `SELECT * FROM '` + files + `/two.csv'`},
		"a table's own file does not open its folder": {withTables("t", "mixed.csv"), `SELECT * FROM '` + files + `/two.csv'`},
		"directories do not open what is above":       {dataSource(settings(object{"directories": []string{inner}})), `SELECT * FROM '` + files + `/two.csv'`},
		"not through ..":                              {dataSource(settings(object{"directories": []string{inner}})), `SELECT * FROM read_csv('` + inner + `/../two.csv')`},
		"not through a link":                          {dataSource(settings(object{"directories": []string{files}})), `SELECT * FROM read_csv('` + files + `/leaving.csv')`},
		"not by a glob of the whole disk":             {dataSource(settings(object{"directories": []string{files}})), `SELECT * FROM read_text('/etc/pass*')`},
		"not a list that begins well":                 {dataSource(settings(object{"directories": []string{files}})), `SELECT * FROM read_csv(['` + files + `/two.csv', '/etc/passwd'])`},
		"not the names of files elsewhere":            {dataSource(settings(object{"directories": []string{files}})), `SELECT * FROM glob('/etc/*')`},
		"not what the process itself knows":           {inMemory(), `SELECT * FROM read_text('/proc/self/environ')`},
		"not from the network":                        {dataSource(settings(object{"directories": []string{files}})), `SELECT * FROM read_csv('https://example.org/x.csv')`},
	} {
		t.Run(name, func(t *testing.T) {
			response := askOne(t, plugin, test.source, host.Table(test.sql))
			mustFail(t, response, failure{status: 403})
			for _, secret := range []string{"root:x:", "GF_VERSION"} {
				if strings.Contains(response.Error.Error(), secret) {
					t.Errorf("the message shows what it may not: %v", response.Error)
				}
			}
			stillWorks(t, plugin)
		})
	}
}

func TestSQLThatIsRefused(t *testing.T) {
	plugin, source := start(t), dataSource(settings(object{
		"database": filepath.Join(files, "store.duckdb"), "tables": tables("t", "mixed.csv"), "directories": []string{files},
	}))
	written := filepath.Join(files, "written.csv")
	before := names(t)
	for name, test := range map[string]struct {
		sql  string
		want failure
	}{
		"it does not parse":                 {`SELEC 1`, failure{400, "", "sql_syntax", []string{"selec"}}},
		"it ends in the middle":             {`SELECT (1 + `, failure{400, "", "sql_syntax", nil}},
		"a string without an end":           {`SELECT 'abc`, failure{400, "", "sql_syntax", nil}},
		"a table that does not exist":       {`SELECT * FROM nowhere`, failure{400, "", "sql_invalid", []string{"nowhere"}}},
		"a column that does not exist":      {`SELECT nothing FROM big`, failure{400, "", "sql_invalid", []string{"nothing"}}},
		"a function that does not exist":    {`SELECT foobar(1)`, failure{403, "", "sql_refused", []string{"foobar", "nearest"}}},
		"a cast that fails while it runs":   {`SELECT CAST(trace AS INTEGER) AS n FROM big`, failure{400, "", "sql_failed", []string{"convert"}}},
		"an error midway through a stream":  {`SELECT CASE WHEN i = 700000 THEN error('midway ' || i) ELSE i::VARCHAR END AS x FROM range(900000) r(i)`, failure{400, "", "sql_failed", []string{"midway 700000"}}},
		"an error in the last row":          {`SELECT CASE WHEN i = 499999 THEN error('the last') ELSE i::VARCHAR END AS x FROM range(500000) r(i)`, failure{400, "", "sql_failed", []string{"the last"}}},
		"two statements":                    {`SELECT 1; SELECT 2`, failure{400, "", "sql_multiple_statements", []string{"one"}}},
		"two statements, the second a DROP": {`SELECT 1; DROP TABLE big`, failure{400, "", "sql_multiple_statements", nil}},
		"PIVOT without IN":                  {`PIVOT big ON host USING sum(value)`, failure{400, "", "", []string{"IN ("}}},
		"INSERT":                            {`INSERT INTO mixed SELECT * FROM mixed`, failure{400, "", "sql_not_select", []string{"select"}}},
		"UPDATE":                            {`UPDATE mixed SET value = 0`, failure{400, "", "sql_not_select", nil}},
		"DELETE":                            {`DELETE FROM mixed`, failure{400, "", "sql_not_select", nil}},
		"CREATE TABLE":                      {`CREATE TABLE fresh AS SELECT 1`, failure{400, "", "sql_not_select", nil}},
		"CREATE TEMP TABLE":                 {`CREATE TEMP TABLE fresh AS SELECT 1`, failure{400, "", "sql_not_select", nil}},
		"CREATE MACRO":                      {`CREATE MACRO f(x) AS x`, failure{400, "", "sql_not_select", nil}},
		"DROP":                              {`DROP TABLE mixed`, failure{400, "", "sql_not_select", nil}},
		"COPY TO":                           {`COPY (SELECT 1) TO '` + written + `'`, failure{400, "", "sql_not_select", nil}},
		"COPY FROM":                         {`COPY mixed FROM '` + files + `/mixed.csv'`, failure{400, "", "sql_not_select", nil}},
		"EXPLAIN ANALYZE COPY":              {`EXPLAIN ANALYZE COPY (SELECT 1) TO '` + written + `'`, failure{400, "", "", nil}},
		"EXPORT":                            {`EXPORT DATABASE '` + files + `/exported'`, failure{400, "", "", nil}},
		"ATTACH":                            {`ATTACH '` + files + `/new.duckdb' AS fresh`, failure{400, "", "sql_not_select", nil}},
		"DETACH":                            {`DETACH store`, failure{400, "", "sql_not_select", nil}},
		"USE":                               {`USE memory`, failure{400, "", "sql_not_select", nil}},
		"SET":                               {`SET threads = 1`, failure{400, "", "sql_not_select", nil}},
		"RESET":                             {`RESET threads`, failure{400, "", "sql_not_select", nil}},
		"PRAGMA":                            {`PRAGMA database_list`, failure{400, "", "", nil}},
		"CALL":                              {`CALL checkpoint()`, failure{400, "", "", nil}},
		"CHECKPOINT":                        {`CHECKPOINT`, failure{400, "", "", nil}},
		"INSTALL":                           {`INSTALL httpfs`, failure{400, "", "sql_not_select", nil}},
		"LOAD":                              {`LOAD httpfs`, failure{400, "", "sql_not_select", nil}},
		"BEGIN":                             {`BEGIN TRANSACTION`, failure{400, "", "sql_not_select", nil}},
		"CREATE SECRET":                     {`CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')`, failure{400, "", "", nil}},
		"a function that writes logs":       {`SELECT * FROM enable_logging(storage='file', storage_path='` + files + `')`, failure{403, "", "sql_refused", []string{"enable_logging"}}},
		"a statement hidden in a string":    {`SELECT * FROM query('SELECT 1')`, failure{403, "", "sql_refused", []string{"query"}}},
		"a setting that tells paths":        {`SELECT current_setting('allowed_directories') AS x`, failure{403, "", "sql_refused", []string{"current_setting"}}},
		"the secrets":                       {`SELECT * FROM duckdb_secrets()`, failure{403, "", "sql_refused", []string{"duckdb_secrets"}}},
		"other people's SQL":                {`SELECT * FROM duckdb_logs()`, failure{403, "", "sql_refused", []string{"duckdb_logs"}}},
		"an environment variable":           {`SELECT getenv('GF_VERSION') AS x`, failure{400, "", "", []string{"getenv"}}},
		"an unknown macro":                  {`SELECT $__timeFiltre(time) FROM big`, failure{400, "", "macro_unknown", []string{"$__timeFiltre", "$__timeFilter"}}},
		"a macro without its arguments":     {`SELECT $__timeFilter() FROM big`, failure{400, "", "macro_arguments", []string{"$__timeFilter"}}},
		"a macro without parentheses":       {`SELECT 1 FROM big WHERE $__timeFilter`, failure{400, "", "macro_arguments", []string{"$__timeFilter"}}},
		"a macro with too many arguments":   {`SELECT 1 FROM big WHERE $__timeFilter(time, value)`, failure{400, "", "macro_arguments", []string{"$__timeFilter"}}},
		"a macro with a wrong interval":     {`SELECT $__timeGroup(time, 'banana') FROM big`, failure{400, "", "macro_arguments", []string{"$__timeGroup", "banana"}}},
		"a macro with a wrong fill":         {`SELECT $__timeGroup(time, '5m', banana) FROM big`, failure{400, "", "macro_arguments", []string{"$__timeGroup", "banana"}}},
		"a macro that is not closed":        {`SELECT 1 FROM big WHERE $__timeFilter(time`, failure{400, "", "macro_arguments", []string{"$__timeFilter"}}},
	} {
		t.Run(name, func(t *testing.T) {
			response := askOne(t, plugin, source, host.Table(test.sql))
			mustFailAsRefused(t, response, test.want)
			stillWorks(t, plugin)
			if got := cell(frame(t, plugin, source, host.Table(`SELECT count(*) AS n FROM mixed`)), 0, 0); got != int64(5000) {
				t.Errorf("the table has %v rows afterwards", got)
			}
		})
	}
	if after := names(t); after != before {
		t.Errorf("the folder had %s and has %s", before, after)
	}
}

// mustFailAsRefused takes 403 for 400 where no code is given: both say that the SQL is at fault.
func mustFailAsRefused(t *testing.T, response backend.DataResponse, want failure) {
	t.Helper()
	if want.code == "" && response.Status == backend.StatusForbidden {
		want.status = 403
	}
	mustFail(t, response, want)
}

func names(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(files)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return strings.Join(list, " ")
}

func TestPlaceOfAnError(t *testing.T) {
	plugin, source := start(t), store()
	for name, test := range map[string]struct {
		sql string
		at  string
	}{
		"of the parser":                     {"SELECT id\nFROM big\nWHERE id = = 3", "= 3"},
		"of a name":                         {"SELECT id,\n  nothing\nFROM big", "nothing"},
		"of a macro":                        {"SELECT id FROM big\nWHERE $__nothing(time)", "$__nothing"},
		"behind a macro that became longer": {"SELECT id FROM big WHERE $__timeFilter(time) AND nothing = 1", "nothing = 1"},
	} {
		t.Run(name+" is told in the SQL as it was written", func(t *testing.T) {
			response := askOne(t, plugin, source, host.Table(test.sql))
			mustFail(t, response, failure{status: 400})
			if position, want := custom(t, response)["position"], strings.Index(test.sql, test.at); position != float64(want) {
				t.Errorf("the position is %v, want %d", position, want)
			}
		})
	}

	t.Run("the SQL that ran stands in the frame", func(t *testing.T) {
		response := askOne(t, plugin, source, host.Table(`SELECT nothing, $__interval_ms FROM big`))
		text, err := json.Marshal(response.Frames[0].Meta)
		if err != nil || !strings.Contains(string(text), `SELECT nothing, 60000 FROM big`) {
			t.Errorf("the meta is %s, %v", text, err)
		}
	})
}

func TestQueriesThatAreNone(t *testing.T) {
	plugin := start(t)
	for text, words := range map[string][]string{
		`[]`: {"object"}, `"x"`: {"object"}, `null`: {"object"}, `5`: {"object"}, `true`: {"object"}, `{`: nil, ``: nil, "\x00\xff": nil,
		`{"rawSql":5}`:                                      {"rawSql", "string"},
		`{"rawSql":["SELECT 1"]}`:                           {"rawSql", "string"},
		`{"rawSql":"SELECT 1","format":{}}`:                 {"format"},
		`{"rawSql":"SELECT 1","format":"bogus"}`:            {"format", "bogus"},
		`{"rawSql":"SELECT 1","format":17}`:                 {"format", "17"},
		`{"rawSql":"SELECT 1","format":"toString"}`:         {"format", "toString"},
		`{"rawSql":"SELECT 1","fill":"null"}`:               {"fill"},
		`{"rawSql":"SELECT 1","fill":{"mode":"guess"}}`:     {"fill.mode"},
		`{"rawSql":"SELECT 1","fill":{"mode":"value"}}`:     {"fill.value"},
		`{"rawSql":"SELECT 1","timezone":5}`:                {"timezone"},
		`{"rawSql":"SELECT 1","timezone":"Mars/Olympus"}`:   {"Mars/Olympus"},
		`{"rawSql":"SELECT 1","timezone":"UTC'; SELECT 1"}`: {"UTC'"},
		`{"rawSql":"  "}`:                                   {"rawSql"},
		`{}`:                                                {"rawSql"},
	} {
		t.Run(text, func(t *testing.T) {
			answers := ask(t, plugin, host.Request{Source: inMemory(), Queries: []host.Query{
				{RefID: "A", JSON: []byte(text)}, {RefID: "B", SQL: `SELECT 'fine' AS word`, Format: "table"},
			}})
			mustFail(t, answers["A"], failure{status: 400, words: words})
			if err := mustBeGood(answers["B"]); err != nil {
				t.Errorf("its neighbour failed: %v", err)
			}
		})
	}
}

func TestRequestsThatAreTooLarge(t *testing.T) {
	plugin := start(t)
	ask := func(padding int) error {
		query := host.Table(`SELECT 1 AS one`)
		query.More = object{"padding": strings.Repeat("x", padding)}
		answer, err := plugin.Query(t.Context(), host.Request{Source: inMemory(), Queries: []host.Query{query}})
		if err != nil {
			return err
		}
		return mustBeGood(answer.Responses["A"])
	}
	if err := ask(15 << 20); err != nil {
		t.Errorf("15 MiB: %v", err)
	}
	if err := ask(17 << 20); status.Code(err) != codes.ResourceExhausted {
		t.Errorf("17 MiB: %v", err)
	}
	stillWorks(t, plugin)
}

func TestBytesThatAreNoMessage(t *testing.T) {
	plugin := start(t)
	good, err := rawCodec{}.Marshal([]byte("\x0a\x00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{
		"/pluginv2.Data/QueryData", "/pluginv2.Diagnostics/CheckHealth", "/pluginv2.Diagnostics/CollectMetrics", "/pluginv2.Resource/CallResource",
	} {
		for name, body := range map[string][]byte{
			"ones without end":           bytes.Repeat([]byte{0xff}, 64),
			"a length beyond the end":    {0x0a, 0x7f, 0x01},
			"an end in the middle":       append(good.Materialize(), 0x0a),
			"a group that nobody closes": {0x0b, 0x0b, 0x0b},
			"a string that is no UTF-8":  {0x0a, 0x04, 0x12, 0x02, 0xc3, 0x28},
		} {
			t.Run(method+" with "+name, func(t *testing.T) {
				err := plugin.Conn.Invoke(t.Context(), method, body, new([]byte), grpc.ForceCodecV2(rawCodec{}))
				// The string's bytes are the only ones that a lenient reader may take.
				if err == nil && !strings.Contains(name, "UTF-8") {
					t.Error("it was taken")
				}
				t.Logf("%v", err)
				stillWorks(t, plugin)
			})
		}
	}
}

func TestResourcesThatDoNotExist(t *testing.T) {
	plugin := start(t)
	for _, path := range []string{"nothing", "", "../etc/passwd", "catalog/../..", "toString", "macros/x"} {
		t.Run(path, func(t *testing.T) {
			code, _, body := callResource(t, plugin, "GET", path, nil)
			if code != 404 {
				t.Errorf("GET %q answered %d %s", path, code, body)
			}
			stillWorks(t, plugin)
		})
	}
	t.Run("or not with this method", func(t *testing.T) {
		if code, _, body := callResource(t, plugin, "DELETE", "macros", nil); code != 404 && code != 405 {
			t.Errorf("got %d %s", code, body)
		}
	})
}

func TestContextThatIsGone(t *testing.T) {
	plugin := start(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := plugin.Query(ctx, host.Request{Source: inMemory(), Queries: []host.Query{host.Table(`SELECT 1`)}}); status.Code(err) != codes.Canceled {
		t.Errorf("got %v", err)
	}
	stillWorks(t, plugin)
}
