# demo and test are all a fresh machine needs. Each first installs the packages that are missing, and prints their names.

PACKAGES := libzip-dev libprotobuf-c-dev libexpat1-dev libhdf5-dev zlib1g-dev libbz2-dev liblzma-dev liblz4-dev \
	libzstd-dev libyaml-dev libssl-dev pkg-config
TEST_PACKAGES := strace python3
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PREFIX ?= /usr/local
RELEASE := --configuration release --static-swift-stdlib --scratch-path .build-release
BINARY := .build-release/release/mlm-inspect
# Reads HDF5 for it; alone in being linked to libhdf5.
HDF5_READER := .build-release/release/mlm-inspect-hdf5

.PHONY: demo build test bench fuzz format install packages test-packages

demo: build
	$(BINARY) TestArtifacts/torch-export/unet.pt2

build: packages
	swift build $(RELEASE) --product mlm-inspect
	swift build $(RELEASE) --product mlm-inspect-hdf5

test: test-packages
	swift test --parallel

bench: build
	Benchmarks/run $(BINARY)
	Benchmarks/scan $(BINARY)

# Coverage-guided fuzzing of the readers for SECONDS each; see Benchmarks/fuzz.
fuzz: packages
	Benchmarks/fuzz $(or $(SECONDS),60)

format:
	swift format --in-place --recursive Sources Tests Package.swift

install: build
	$(SUDO) install -D -m 755 $(BINARY) $(PREFIX)/bin/mlm-inspect
	$(SUDO) install -D -m 755 $(HDF5_READER) $(PREFIX)/libexec/mlm-inspect/mlm-inspect-hdf5

packages:
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || \
		{ echo "installing with apt-get: $(PACKAGES)"; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(PACKAGES); }

test-packages: packages
	@dpkg -s $(TEST_PACKAGES) >/dev/null 2>&1 || \
		{ echo "installing with apt-get: $(TEST_PACKAGES)"; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(TEST_PACKAGES); }
