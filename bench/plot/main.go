// Command plot draws how time and memory grow with the size of an answer, from the figures of bench/compare on its standard
// input, as an SVG:
//
//	go -C bench/plot run . growth.svg < figures.json
//
// It is a module of its own, so that the gateway does not depend on a plotting library.
package main

import (
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// figures are what is drawn of the figures of a run.
type figures struct {
	About  []struct{ Name, Value string }
	Growth []point
}

// point is an answer of so many rows, in so many levels.
type point struct {
	Series       string
	Levels, Rows int
	Time         time.Duration
	Bytes        float64
}

func main() {
	if err := run(os.Args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "plot:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader) error {
	if len(args) != 1 {
		return fmt.Errorf("one file is needed, and %d are given", len(args))
	}
	var f figures
	if err := json.NewDecoder(in).Decode(&f); err != nil {
		return err
	}
	picture, err := drawn(f)
	if err != nil {
		return err
	}
	file, err := os.Create(args[0])
	if err != nil {
		return err
	}
	if _, err := picture.WriteTo(file); err != nil {
		return err
	}
	return file.Close()
}

// drawn draws time and memory beside each other.
func drawn(f figures) (io.WriterTo, error) {
	const width, height = 26 * vg.Centimeter, 11 * vg.Centimeter
	canvas := vgsvg.New(width, height)
	whole := draw.New(canvas)
	whole.SetColor(color.White)
	whole.Fill(whole.Rectangle.Path())
	sides := []struct {
		title, unit string
		value       func(point) float64
	}{
		{"Time", "milliseconds", func(p point) float64 { return float64(p.Time.Microseconds()) / 1000 }},
		{"Memory allocated", "MiB", func(p point) float64 { return p.Bytes / (1 << 20) }},
	}
	half := whole.Rectangle.Size().X / 2
	for i, side := range sides {
		p, err := panel(f, side.title, side.unit, side.value)
		if err != nil {
			return nil, err
		}
		left := vg.Length(i) * half
		p.Draw(draw.Crop(whole, left+3*vg.Millimeter, left+half-whole.Rectangle.Size().X-3*vg.Millimeter, 3*vg.Millimeter, -3*vg.Millimeter))
	}
	return canvas, nil
}

// panel draws one of the two, on logarithmic axes: what is linear has the slope of the dashed line.
func panel(f figures, title, unit string, value func(point) float64) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text = title + " by rows written" + when(f)
	p.X.Label.Text, p.Y.Label.Text = "rows", unit
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	p.Add(plotter.NewGrid())
	var slope []float64
	for i, s := range series(f.Growth) {
		points := make(plotter.XYs, len(s.points))
		for j, each := range s.points {
			points[j] = plotter.XY{X: float64(each.Rows), Y: math.Max(value(each), 1e-6)}
			slope = append(slope, points[j].Y/points[j].X)
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return nil, err
		}
		line.Color, dots.Color, dots.Shape = colours[i%len(colours)], colours[i%len(colours)], draw.CircleGlyph{}
		line.Width = vg.Points(1.2)
		p.Add(line, dots)
		p.Legend.Add(s.name, line, dots)
	}
	if err := addLinear(p, f.Growth, slope); err != nil {
		return nil, err
	}
	p.Legend.Top, p.Legend.Left, p.Legend.Padding = true, true, vg.Points(2)
	return p, nil
}

// addLinear adds a line through the middle of all points that has the slope of what is linear.
func addLinear(p *plot.Plot, growth []point, slope []float64) error {
	if len(slope) == 0 {
		return fmt.Errorf("there is nothing to draw")
	}
	logs, least, most := 0.0, math.Inf(1), 0.0
	for _, s := range slope {
		logs += math.Log(s)
	}
	for _, each := range growth {
		least, most = math.Min(least, float64(each.Rows)), math.Max(most, float64(each.Rows))
	}
	a := math.Exp(logs / float64(len(slope)))
	line, err := plotter.NewLine(plotter.XYs{{X: least, Y: a * least}, {X: most, Y: a * most}})
	if err != nil {
		return err
	}
	line.Dashes, line.Color = []vg.Length{vg.Points(4), vg.Points(3)}, color.Gray{Y: 120}
	p.Add(line)
	p.Legend.Add("linear", line)
	return nil
}

// colours tell the series apart, for the colour-blind too (Okabe and Ito's).
var colours = []color.Color{
	color.RGBA{A: 255, B: 178, G: 114}, color.RGBA{A: 255, R: 213, G: 94}, color.RGBA{A: 255, G: 158, B: 115},
	color.RGBA{A: 255, R: 204, G: 121, B: 167}, color.RGBA{A: 255, R: 230, G: 159}, color.RGBA{A: 255, R: 86, G: 180, B: 233},
	color.RGBA{A: 255},
}

// curve is what is drawn as one line.
type curve struct {
	name   string
	points []point
}

// series sorts points into curves, by their query and how deep it nests.
func series(growth []point) []curve {
	var all []curve
	for _, p := range growth {
		name := fmt.Sprintf("%s, %d levels", strings.ReplaceAll(p.Series, "_", " "), p.Levels)
		if p.Levels == 1 {
			name = strings.TrimSuffix(name, "s")
		}
		if len(all) == 0 || all[len(all)-1].name != name {
			all = append(all, curve{name: name})
		}
		last := &all[len(all)-1]
		last.points = append(last.points, p)
	}
	return all
}

// when is the run's date and machine, for the title.
func when(f figures) string {
	var parts []string
	for _, fact := range f.About {
		switch fact.Name {
		case "date", "commit", "Go":
			parts = append(parts, fact.Value)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
