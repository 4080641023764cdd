package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// description is a frame as JSON that loses nothing: each value is text, a time is nanoseconds since the epoch, null is null.
type description struct {
	Name   string             `json:"name"`
	RefID  string             `json:"refId"`
	Meta   *data.FrameMeta    `json:"meta"`
	Fields []fieldDescription `json:"fields"`
}

type fieldDescription struct {
	Name     string            `json:"name"`
	Type     string            `json:"type"`
	Nullable bool              `json:"nullable"`
	Labels   data.Labels       `json:"labels"`
	Config   *data.FieldConfig `json:"config"`
	Values   []*string         `json:"values"`
}

func descriptionOf(frame *data.Frame) description {
	result := description{Name: frame.Name, RefID: frame.RefID, Meta: frame.Meta, Fields: []fieldDescription{}}
	for _, field := range frame.Fields {
		values := []*string{}
		for row := 0; row < field.Len(); row++ {
			values = append(values, textAt(field, row))
		}
		result.Fields = append(result.Fields, fieldDescription{
			Name: field.Name, Type: field.Type().NonNullableType().ItemTypeString(), Nullable: field.Nullable(),
			Labels: field.Labels, Config: field.Config, Values: values,
		})
	}
	return result
}

func textAt(field *data.Field, row int) *string {
	value, ok := field.ConcreteAt(row)
	if !ok {
		return nil
	}
	text := ""
	switch value := value.(type) {
	case time.Time:
		text = strconv.FormatInt(value.UnixNano(), 10)
	case float32:
		text = strconv.FormatFloat(float64(value), 'g', -1, 64)
	case float64:
		text = strconv.FormatFloat(value, 'g', -1, 64)
	case json.RawMessage:
		text = string(value)
	default:
		text = fmt.Sprint(value)
	}
	return &text
}
