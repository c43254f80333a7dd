package ide

// This file serves what is in the archive. A zip holds each file as a deflate stream, which is what gzip is but for a head and a
// tail: so the archive's bytes go out as they are, and nothing is compressed, or kept in memory, twice.

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed assets.zip
var archive []byte

// manifestName is the file that says what the page starts with.
const manifestName = "manifest.json"

// manifest names the files that the page starts with; the build writes it.
type manifest struct {
	Script, Style string
	// Licences are the licences of all that the files are made from.
	Licences string
	Preload  []string
	// Workers are the scripts of the editors' workers, by label.
	Workers map[string]string
}

// files are the archive's, by name.
type files struct {
	manifest manifest
	byName   map[string]file
}

// file is one of them.
type file struct {
	contentType string
	// deflated is the content, compressed; size and crc32 are those of the content itself.
	deflated    []byte
	size, crc32 uint32
}

// contentTypes are those of the files that there are: a type that is not known is an error at the start, not a download.
var contentTypes = map[string]string{
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".txt":   "text/plain; charset=utf-8",
	".ttf":   "font/ttf",
	".woff2": "font/woff2",
}

// open reads the archive's directory.
func open(archive []byte) (*files, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	f := &files{byName: make(map[string]file, len(reader.File))}
	for _, entry := range reader.File {
		if entry.Name == manifestName {
			if err := f.readManifest(entry); err != nil {
				return nil, err
			}
			continue
		}
		contentType, known := contentTypes[path.Ext(entry.Name)]
		offset, err := entry.DataOffset()
		if !known || entry.Method != zip.Deflate || err != nil {
			return nil, fmt.Errorf("cannot serve %s: %w", entry.Name, err)
		}
		f.byName[entry.Name] = file{
			contentType: contentType,
			deflated:    archive[offset : offset+int64(entry.CompressedSize64)],
			size:        uint32(entry.UncompressedSize64), crc32: entry.CRC32,
		}
	}
	return f, nil
}

func (f *files) readManifest(entry *zip.File) error {
	content, err := entry.Open()
	if err != nil {
		return err
	}
	return json.NewDecoder(content).Decode(&f.manifest)
}

// gzipHead begins a gzip stream without a name and a time (RFC 1952).
const gzipHead = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"

// serve answers with a file. Its name is a hash of its content, so whoever has it may keep it.
func (f *files) serve(w http.ResponseWriter, r *http.Request) {
	found, ok := f.byName[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", found.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if !takesGzip(r) {
		h.Set("Content-Length", strconv.FormatUint(uint64(found.size), 10))
		_, _ = io.Copy(w, flate.NewReader(bytes.NewReader(found.deflated)))
		return
	}
	tail := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, found.crc32), found.size)
	h.Set("Content-Encoding", "gzip")
	h.Set("Content-Length", strconv.Itoa(len(gzipHead)+len(found.deflated)+len(tail)))
	_, _ = io.WriteString(w, gzipHead)
	_, _ = w.Write(found.deflated)
	_, _ = w.Write(tail)
}

// takesGzip reports whether the client takes gzip. One that grades it with q=0 is the only one that does not and names it.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == "gzip" {
			return quality != "q=0" && quality != "q=0.0"
		}
	}
	return false
}
