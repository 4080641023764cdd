package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// settings are those of Quiver's jsonData that decide what is read and what it may take.
type settings struct {
	DuckDB struct {
		Database    string  `json:"database"`
		Tables      []table `json:"tables"`
		Threads     int     `json:"threads"`
		MemoryLimit string  `json:"memoryLimit"`
	} `json:"duckdb"`
}

// table is a Parquet file that queries know by a name.
type table struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

func parseSettings(jsonData []byte) (settings, error) {
	var parsed settings
	if err := json.Unmarshal(jsonData, &parsed); err != nil {
		return parsed, fmt.Errorf("cannot read the settings: %w", err)
	}
	return parsed, nil
}

// dsn is the database as duckdb-go opens it: the file read-only, or memory where the tables are Parquet files.
func (settings settings) dsn() string {
	options := url.Values{}
	if settings.DuckDB.Database != "" {
		options.Set("access_mode", "read_only")
	}
	if settings.DuckDB.Threads > 0 {
		options.Set("threads", strconv.Itoa(settings.DuckDB.Threads))
	}
	if settings.DuckDB.MemoryLimit != "" {
		options.Set("memory_limit", settings.DuckDB.MemoryLimit)
	}
	return settings.DuckDB.Database + "?" + options.Encode()
}
