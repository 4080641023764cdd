// Command make writes the golden frames (go run . write), or says what Grafana's SDK reads in Arrow files (go run . describe file…).
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "write":
		return write("..")
	case len(args) > 1 && args[0] == "describe":
		return describe(args[1:])
	default:
		return fmt.Errorf("usage: go run . write | go run . describe <file>…")
	}
}

// write puts <name>.arrow into the folder, and for what we can read <name>.jsonl, which says what the frame holds.
func write(folder string) error {
	files := map[string][]byte{}
	descriptions := map[string]*data.Frame{}
	for name, frame := range goldenFrames() {
		encoded, err := frame.MarshalArrow()
		if err != nil {
			return fmt.Errorf("cannot encode %s: %w", name, err)
		}
		files[name] = encoded
		descriptions[name] = frame
	}
	if err := addUnusual(files); err != nil {
		return err
	}
	descriptions["batches"] = nullableTypes()
	for name, encoded := range files {
		if err := os.WriteFile(filepath.Join(folder, name+".arrow"), encoded, 0o644); err != nil {
			return err
		}
	}
	for name, frame := range descriptions {
		description, err := json.Marshal(descriptionOf(frame))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name+".jsonl"), append(description, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// addUnusual adds what the SDK does not write, or we do not read.
func addUnusual(files map[string][]byte) (err error) {
	if files["batches"], err = encodeBatches(nullableTypes(), 4); err != nil {
		return err
	}
	if files["compressed"], err = encodeBatches(nullableTypes(), -1, ipc.WithZstd()); err != nil {
		return err
	}
	enum := data.NewFrame("enum", data.NewField("state", nil, []data.EnumItemIndex{0, 1}))
	if files["enum"], err = enum.MarshalArrow(); err != nil {
		return err
	}
	for name, dataType := range foreignTypes {
		if files[name], err = encodeForeign(dataType); err != nil {
			return err
		}
	}
	return nil
}

// encodeBatches encodes with arrow-go's own writer, so many rows to a batch (-1: all).
func encodeBatches(frame *data.Frame, rows int64, options ...ipc.Option) ([]byte, error) {
	table, err := data.FrameToArrowTable(frame)
	if err != nil {
		return nil, err
	}
	defer table.Release()
	reader := array.NewTableReader(table, rows)
	defer reader.Release()
	buffer := &bytes.Buffer{}
	writer, err := ipc.NewFileWriter(buffer, append(options, ipc.WithSchema(reader.Schema()))...)
	if err != nil {
		return nil, err
	}
	for reader.Next() {
		if err := writer.Write(reader.RecordBatch()); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// foreignTypes are some of Arrow's types that we do not take, by the name of the file. Grafana does take microseconds, and reads them as nanoseconds.
var foreignTypes = map[string]arrow.DataType{
	"date":         arrow.FixedWidthTypes.Date32,
	"microseconds": arrow.FixedWidthTypes.Timestamp_us,
	"list":         arrow.ListOf(arrow.BinaryTypes.String),
	"dictionary":   &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String},
}

// encodeForeign encodes one column of a type, without rows.
func encodeForeign(dataType arrow.DataType) ([]byte, error) {
	buffer := &bytes.Buffer{}
	schema := arrow.NewSchema([]arrow.Field{{Name: "when", Type: dataType}}, nil)
	writer, err := ipc.NewFileWriter(buffer, ipc.WithSchema(schema))
	if err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// describe prints a JSON list: what the SDK's decoder makes of each file.
func describe(paths []string) error {
	descriptions := []description{}
	for _, path := range paths {
		encoded, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		frame, err := data.UnmarshalArrowFrame(encoded)
		if err != nil {
			return fmt.Errorf("cannot decode %s: %w", path, err)
		}
		descriptions = append(descriptions, descriptionOf(frame))
	}
	return json.NewEncoder(os.Stdout).Encode(descriptions)
}
