# The packages that cpack makes for Debian, one for each component that is installed:
#
#   gridgrad          what runs: the tool, the modules of its formats, its manual, completion
#   libgridgrad-dev   what builds: the static library, its headers, its package for CMake
#
# Two, because who runs the tool needs no libraries to develop with. debian/control says
# what they are.

if(BUILD_SHARED_LIBS)
  return()
endif()

file(READ ${PROJECT_SOURCE_DIR}/debian/control control)

# control_field(first field out): the value of a field in the stanza that starts with a line.
function(control_field first field out)
  string(REGEX MATCH "${first}(\n[^\n]+)*" stanza "${control}")
  string(REGEX MATCH "\n${field}: ([^\n]*(\n [^\n]+)*)" line "${stanza}")
  string(REPLACE "\n " "\n" value "${CMAKE_MATCH_1}")
  set(${out} "${value}" PARENT_SCOPE)
endfunction()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian_files.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# The revision of the package; it makes ours an upstream version with a changelog of its own.
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SOURCE ${PROJECT_NAME})
control_field("Source: gridgrad" Maintainer CPACK_DEBIAN_PACKAGE_MAINTAINER)
control_field("Source: gridgrad" Section CPACK_DEBIAN_PACKAGE_SECTION)

# package_of(component name): a package, by its stanza.
macro(package_of component name)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  string(TOUPPER ${component} prefix)
  set(CPACK_DEBIAN_${prefix}_PACKAGE_NAME ${name})
  control_field("Package: ${name}" Suggests CPACK_DEBIAN_${prefix}_PACKAGE_SUGGESTS)
  control_field("Package: ${name}" Description CPACK_COMPONENT_${prefix}_DESCRIPTION)
endmacro()

set(CPACK_COMPONENTS_ALL)
package_of(gridgrad_development libgridgrad-dev)
control_field("Package: libgridgrad-dev" Section CPACK_DEBIAN_GRIDGRAD_DEVELOPMENT_PACKAGE_SECTION)
control_field("Package: libgridgrad-dev" Depends depends)
string(REPLACE ", \${misc:Depends}" "" CPACK_DEBIAN_GRIDGRAD_DEVELOPMENT_PACKAGE_DEPENDS "${depends}")
if(GRIDGRAD_BUILD_CLI)
  package_of(gridgrad_tool gridgrad)
  # dpkg-shlibdeps names the packages of the libraries that the tool and its modules link.
  set(CPACK_DEBIAN_GRIDGRAD_TOOL_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
