# The two commands: make run, make test. Everything else is CMake's.
BUILD ?= build
JOBS ?= $(shell nproc)
CMAKE_FLAGS ?=

.PHONY: run test build dependencies test-dependencies clean

run: dependencies build
	@installers/scripts/run.sh $(abspath $(BUILD))

test: dependencies test-dependencies build
	@tests/e2e/fetch_clients.sh $(BUILD)/clients
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error

build: $(BUILD)/build.ninja
	@cmake --build $(BUILD) -j $(JOBS)

$(BUILD)/build.ninja: CMakeLists.txt
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo $(CMAKE_FLAGS)

dependencies:
	@installers/scripts/install-dependencies.sh build run

test-dependencies:
	@installers/scripts/install-dependencies.sh test

clean:
	@rm -rf $(BUILD)
