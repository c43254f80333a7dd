// Command pack writes ../assets.zip from what the front end's build has put into web/dist.
//
// Run it by `make ide`, which builds first. Equal files give equal bytes: names in order, no times, and a compressor whose version
// go.mod pins, so that CI can build anew and compare.
package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/flate"
)

const (
	source = "web/dist"
	target = "assets.zip"
)

func main() {
	if err := pack(); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func pack() (err error) {
	built := os.DirFS(source)
	entries, err := fs.ReadDir(built, ".") // in order of names
	if err != nil {
		return err
	}
	out, err := os.Create(target)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, entry := range entries {
		content, err := fs.ReadFile(built, entry.Name())
		if err != nil {
			return err
		}
		w, err := archive.CreateHeader(&zip.FileHeader{Name: entry.Name(), Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := w.Write(content); err != nil {
			return err
		}
	}
	return archive.Close()
}
