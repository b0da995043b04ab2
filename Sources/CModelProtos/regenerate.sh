#!/bin/sh
# Writes *.pb-c.c and include/*.pb-c.h anew from protos/*.proto (apt: protobuf-c-compiler). What it writes is committed.
set -eu
cd "$(dirname "$0")"
protoc-c --proto_path=protos --c_out=include protos/*.proto
mv include/*.pb-c.c .
