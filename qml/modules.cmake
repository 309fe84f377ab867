include(GNUInstallDirs)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Network Qml Quick QuickControls2 Svg WebSockets)
qt_standard_project_setup()
option(KATES_QML_COMPILE "Compile QML ahead of time: a faster start for a slower build" ON)
set(QT_QML_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml_modules)

# kates_qml_module(<folder> <URI> [SINGLETONS <files…>]): every *.qml of the folder, as a static module of its own.
function(kates_qml_module folder uri)
  cmake_parse_arguments(arg "" "" "SINGLETONS" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.qml)
  foreach(file ${files})
    get_filename_component(name ${file} NAME)
    set_source_files_properties(${file} PROPERTIES QT_RESOURCE_ALIAS ${name})
    if(name IN_LIST arg_SINGLETONS)
      set_source_files_properties(${file} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    endif()
  endforeach()
  string(REPLACE "." "_" target ${uri})
  string(TOLOWER ${target} target)
  string(REPLACE "." "/" path ${uri})
  set(cachegen NO_CACHEGEN)
  if(KATES_QML_COMPILE)
    set(cachegen)
  endif()
  qt_add_library(${target} STATIC)
  qt_add_qml_module(${target}
    URI ${uri}
    VERSION 1.0
    RESOURCE_PREFIX /qt-project.org/imports
    OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml_modules/${path}
    DEPENDENCIES QtQuick
    ${cachegen}
    QML_FILES ${files})
  target_link_libraries(${target} PRIVATE kates_app)
  set(KATES_QML_PLUGINS ${KATES_QML_PLUGINS} ${target} ${target}plugin PARENT_SCOPE)
  set_property(GLOBAL APPEND PROPERTY KATES_QML_TARGETS ${target})
endfunction()
