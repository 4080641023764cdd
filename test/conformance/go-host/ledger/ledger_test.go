// Package ledger holds src/goplugin/PROTOCOL.md against what go-plugin exports: the part of the ledger that scripts/check-protocol.ts cannot see.
package ledger

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	// So that this module has the version that is compared.
	_ "github.com/hashicorp/go-plugin"
	_ "github.com/hashicorp/go-plugin/runner"
)

const ledger = "../../../../src/goplugin/PROTOCOL.md"

// heading begins the headings above the tables of what go-plugin exports.
const heading = "go-plugin's "

func TestLedgerHasARowForAllThatGoPluginExports(t *testing.T) {
	rows := readRows(t)
	for _, thing := range exported(t) {
		if _, ok := rows[thing.name]; ok || rows[thing.owner] == "left out" {
			continue
		}
		t.Errorf("no row of PROTOCOL.md under a heading \"%s…\" is named `%s`", heading, thing.name)
	}
}

func TestLedgerHasNoRowForWhatGoPluginDoesNotExport(t *testing.T) {
	things := exported(t)
	for name := range readRows(t) {
		known := func(thing thing) bool { return thing.name == name || thing.owner == name }
		if !slices.ContainsFunc(things, known) {
			t.Errorf("PROTOCOL.md has a row `%s`, which go-plugin does not export", name)
		}
	}
}

func TestLedgerIsReadWithTheSourceOfGoPlugin(t *testing.T) {
	var names []string
	for _, thing := range exported(t) {
		names = append(names, thing.name)
	}
	for _, name := range []string{
		"ClientConfig.AutoMTLS", "ServeConfig.HandshakeConfig", "Client.Kill", "GRPCBroker.NextId", "Discover", "NewClient",
		"EnvUnixSocketDir", "ProtocolGRPC", "ErrProcessNotFound", "Killed", "GRPCPlugin.GRPCClient", "PluginSet", "runner.Runner.Start",
	} {
		if !slices.Contains(names, name) {
			t.Errorf("%s was not found in the source of go-plugin", name)
		}
	}
}

var row = regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]+) \\|")

// readRows gives the status by the name of each row.
func readRows(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	ours := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			ours = strings.HasPrefix(strings.TrimLeft(line, "# "), heading)
		}
		if found := row.FindStringSubmatch(line); ours && found != nil {
			rows[found[1]] = found[2]
		}
	}
	return rows
}

// A thing is a function, a constant or a variable; a field or a method of a type; or a type that has neither.
type thing struct {
	name string
	// owner is the type whose row speaks for all that belongs to it, where it is left out as a whole.
	owner string
}

func exported(t *testing.T) []thing {
	t.Helper()
	return append(exportedBy(t, "github.com/hashicorp/go-plugin", ""), exportedBy(t, "github.com/hashicorp/go-plugin/runner", "runner.")...)
}

func exportedBy(t *testing.T, path, prefix string) []thing {
	t.Helper()
	source := parse(t, path)
	things := valuesOf(append(source.Consts, source.Vars...), prefix)
	for _, function := range source.Funcs {
		things = append(things, thing{name: prefix + function.Name})
	}
	for _, kind := range source.Types {
		things = append(things, valuesOf(append(kind.Consts, kind.Vars...), prefix)...)
		for _, maker := range kind.Funcs {
			things = append(things, thing{prefix + maker.Name, prefix + kind.Name})
		}
		members := membersOf(kind)
		if len(members) == 0 {
			things = append(things, thing{name: prefix + kind.Name})
		}
		for _, member := range members {
			things = append(things, thing{prefix + kind.Name + "." + member, prefix + kind.Name})
		}
	}
	return things
}

func parse(t *testing.T, path string) *doc.Package {
	t.Helper()
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", path).Output()
	if err != nil {
		t.Fatalf("go list %s: %v", path, err)
	}
	paths, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	var parsed []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	source, err := doc.NewFromFiles(files, parsed, path)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func valuesOf(values []*doc.Value, prefix string) []thing {
	var things []thing
	for _, value := range values {
		for _, name := range value.Names {
			if ast.IsExported(name) {
				things = append(things, thing{name: prefix + name})
			}
		}
	}
	return things
}

func membersOf(kind *doc.Type) []string {
	var members []string
	for _, method := range kind.Methods {
		members = append(members, method.Name)
	}
	for _, spec := range kind.Decl.Specs {
		if declared, ok := spec.(*ast.TypeSpec); ok && declared.Name.Name == kind.Name {
			members = append(members, fieldsOf(declared.Type)...)
		}
	}
	return members
}

// fieldsOf a struct, or the methods that an interface asks for; what is embedded goes by the name of its type.
func fieldsOf(expression ast.Expr) []string {
	var list *ast.FieldList
	switch kind := expression.(type) {
	case *ast.StructType:
		list = kind.Fields
	case *ast.InterfaceType:
		list = kind.Methods
	default:
		return nil
	}
	var names []string
	for _, field := range list.List {
		if len(field.Names) == 0 {
			names = append(names, nameOf(field.Type))
		}
		for _, name := range field.Names {
			if name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

func nameOf(embedded ast.Expr) string {
	if selector, ok := embedded.(*ast.SelectorExpr); ok {
		return selector.Sel.Name
	}
	return embedded.(*ast.Ident).Name
}
