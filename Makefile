# demo and test are all a fresh machine needs. Each first installs the packages that are missing, and prints their names.

PACKAGES := libzip-dev libprotobuf-c-dev libexpat1-dev libhdf5-dev libaec-dev zlib1g-dev libbz2-dev liblzma-dev \
	liblz4-dev libzstd-dev libyaml-dev libssl-dev
TEST_PACKAGES := strace python3
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PREFIX ?= /usr/local
# For a quick start: archives in place of shared libraries where Debian has them (see Packaging/archives), no table of symbols
# for libraries that would call this program, and a place of its own in memory, which leaves nothing to be relocated.
ARCHIVES := .build-release/archives
# The libraries are where the loader looks anyway: not beside the program, where it would look first, in two dozen folders.
RELEASE := --configuration release --static-swift-stdlib --scratch-path .build-release --disable-local-rpath \
	-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xswiftc -L$(CURDIR)/$(ARCHIVES) -Xlinker --no-export-dynamic
BINARY := .build-release/release/mlm-inspect
# Reads HDF5 for it; alone in being linked to libhdf5.
HDF5_READER := .build-release/release/mlm-inspect-hdf5
# The same as make dist packs it.
PACKED := .build-dist/release/mlm-inspect

.PHONY: demo build dist release-check test bench fuzz differential format install packages test-packages

demo: build
	$(BINARY) TestArtifacts/torch-export/unet.pt2

build: packages
	Packaging/archives $(ARCHIVES)
	swift build $(RELEASE) --product mlm-inspect
	swift build $(RELEASE) --product mlm-inspect-hdf5

# Programs that need nothing, in dist/, as tar.gz, package of Debian and wheel, for every Linux on x86-64; takes Debian's source of libzip, cmake to build it, and valgrind.
dist: packages
	Packaging/dist

# Stops before anything is published.
release-check: packages
	Packaging/release-check

test: test-packages
	swift test --parallel

bench: build
	Benchmarks/starts $(BINARY) $(wildcard $(PACKED))
	Benchmarks/run $(BINARY)
	Benchmarks/scan $(BINARY)
	Benchmarks/from_python $(BINARY)
	Benchmarks/formats $(BINARY)
	Benchmarks/check $(BINARY)
	Benchmarks/page $(BINARY)
	Benchmarks/drafts $(BINARY)

# Coverage-guided fuzzing of TARGETS for SECONDS each; see Benchmarks/fuzz for what there is.
TARGETS ?= pickle zip protobuf json flatbuffer hdf5 inspect
fuzz: packages
	for target in $(TARGETS); do Benchmarks/fuzz $$target $(or $(SECONDS),60) || exit 1; done

# What COUNT pickles do, beside what CPython's own unpicklers see in them.
differential: test-packages
	swift build --product pickle-events
	python3 Tests/PickleEvents/differential.py .build/debug/pickle-events $(or $(COUNT),100000)

format:
	swift format --in-place --recursive Sources Tests Package.swift

install: build
	$(SUDO) install -D -m 755 $(BINARY) $(PREFIX)/bin/mlm-inspect
	$(SUDO) install -D -m 755 $(HDF5_READER) $(PREFIX)/libexec/mlm-inspect/mlm-inspect-hdf5
	@if command -v python3 >/dev/null; then $(SUDO) Packaging/manual $(BINARY) $(PREFIX); \
	else echo "without python3 no manual pages and completions are installed"; fi
	$(SUDO) install -D -m 644 -t $(PREFIX)/share/doc/mlm-inspect LICENSE NOTICE CHANGELOG.md

packages:
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || \
		{ echo "installing with apt-get: $(PACKAGES)"; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(PACKAGES); }

test-packages: packages
	@dpkg -s $(TEST_PACKAGES) >/dev/null 2>&1 || \
		{ echo "installing with apt-get: $(TEST_PACKAGES)"; $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(TEST_PACKAGES); }
