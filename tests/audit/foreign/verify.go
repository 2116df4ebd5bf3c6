// Command verify checks what a ledger publishes with the packages by which the go command checks
// modules, golang.org/x/mod/sumdb/note and tlog. It shares no code with the ledger.
//
//	verify proof FILE KEY               a .tlog-proof
//	verify grown OLD FILE KEY           an earlier checkpoint, and what a witness is asked about a later one
//	verify tiles FOLDER KEY INDEX...    the published folder; prints the root and the path of each index
//	verify cosigned FILE KEY WITNESS    a checkpoint with the signature of a witness
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	fmt.Println("accepted")
}

func run(command string, words []string) error {
	switch command {
	case "proof":
		return proof(words[0], words[1])
	case "grown":
		return grown(words[0], words[1], words[2])
	case "tiles":
		return tiles(words[0], words[1], words[2:])
	case "cosigned":
		return cosigned(words[0], words[1], words[2])
	}
	return fmt.Errorf("no command %q", command)
}

// checkpoint opens a signed checkpoint with the key of its log.
func checkpoint(data []byte, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := hashes(lines[2:3])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root[0]}, nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	found := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

// parts returns the lines before the first empty one, and what follows that.
func parts(file string) ([]string, []byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	head, rest, found := bytes.Cut(data, []byte("\n\n"))
	if !found {
		return nil, nil, errors.New("no empty line")
	}
	return strings.Split(string(head), "\n"), rest, nil
}

func proof(file, key string) error {
	lines, rest, err := parts(file)
	if err != nil {
		return err
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof")
	}
	record, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(lines[3:])
	if err != nil {
		return err
	}
	tree, err := checkpoint(rest, key)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(record))
}

func grown(old, file, key string) error {
	data, err := os.ReadFile(old)
	if err != nil {
		return err
	}
	before, err := checkpoint(data, key)
	if err != nil {
		return err
	}
	lines, rest, err := parts(file)
	if err != nil {
		return err
	}
	after, err := checkpoint(rest, key)
	if err != nil {
		return err
	}
	path, err := hashes(lines[1:])
	if err != nil {
		return err
	}
	if lines[0] != fmt.Sprintf("old %d", before.N) {
		return errors.New("the proof is not from that checkpoint")
	}
	return tlog.CheckTree(path, after.N, after.Hash, before.N, before.Hash)
}

// folder reads tiles out of what is published.
type folder string

func (f folder) Height() int                            { return 8 }
func (f folder) SaveTiles(_ []tlog.Tile, data [][]byte) {}
func (f folder) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	found := [][]byte{}
	for _, tile := range asked {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(string(f), "tile", path))
		if errors.Is(err, os.ErrNotExist) && tile.W < 256 {
			whole, _, _ := strings.Cut(path, ".p/")
			data, err = os.ReadFile(filepath.Join(string(f), "tile", whole))
		}
		if err != nil {
			return nil, err
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s is short", path)
		}
		found = append(found, data[:tile.W*tlog.HashSize])
	}
	return found, nil
}

// tiles makes proofs from the tiles, each of which is authenticated by the signed root, and checks them.
func tiles(place, key string, words []string) error {
	data, err := os.ReadFile(filepath.Join(place, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := checkpoint(data, key)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, folder(place))
	fmt.Println("root", tree.N, tree.Hash)
	for _, word := range words {
		index, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return err
		}
		path, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return err
		}
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, leaf[0]); err != nil {
			return err
		}
		fmt.Println("index", index, leaf[0], path)
	}
	return nil
}

// witness verifies cosignature/v1, which the package note leaves to its callers.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(w.key, []byte(signed), signature[8:])
}

func cosigned(file, key, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err := checkpoint(data, key); err != nil {
		return err
	}
	words := strings.SplitN(text, "+", 3)
	public, err := base64.StdEncoding.DecodeString(words[2])
	if err != nil || len(public) != 33 || public[0] != 4 {
		return errors.New("not the key of a witness")
	}
	digest := sha256.Sum256(append([]byte(words[0]+"\n"), public...))
	seen := witness{words[0], binary.BigEndian.Uint32(digest[:4]), public[1:]}
	_, err = note.Open(data, note.VerifierList(seen))
	return err
}
