# Shared build rules: warnings, sanitizers, build speed, and one function per sort of target.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# Line tables are enough for a useful backtrace and keep the objects small.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")

find_program(KATES_CCACHE ccache)
if(KATES_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KATES_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${KATES_CCACHE})
endif()
find_program(KATES_MOLD mold)
if(KATES_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(
  $<$<COMPILE_LANGUAGE:CXX>:-Wall>
  $<$<COMPILE_LANGUAGE:CXX>:-Wextra>
  $<$<COMPILE_LANGUAGE:CXX>:-Wno-missing-field-initializers>
  -fno-omit-frame-pointer
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

if(KATES_SANITIZE)
  add_compile_options(-fsanitize=${KATES_SANITIZE})
  add_link_options(-fsanitize=${KATES_SANITIZE})
endif()

# kates_library(<name> LINK <targets…>): one static library per folder, from all of the folder's sources (sub-folders too).
# Includes are written from the project's root: #include "engine/base/loop.h".
function(kates_library name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  list(FILTER sources EXCLUDE REGEX "main\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/tests?/")
  set(compiled ${sources})
  list(FILTER compiled INCLUDE REGEX "\\.cpp$")
  if(NOT compiled)
    # Only headers so far.
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_LINK})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
endfunction()

# kates_tests(LINK <targets…> [LABEL <label>]): every tst_*.cpp of this folder becomes a QtTest program and a CTest entry.
function(kates_tests)
  cmake_parse_arguments(arg "" "LABEL" "LINK" ${ARGN})
  find_package(Qt6 REQUIRED COMPONENTS Core Test)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp)
  foreach(test ${tests})
    get_filename_component(name ${test} NAME_WE)
    add_executable(${name} ${test})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE ${arg_LINK} Qt6::Core Qt6::Test)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120 ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
    if(arg_LABEL)
      set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL})
    endif()
  endforeach()
endfunction()
