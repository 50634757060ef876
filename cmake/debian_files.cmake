# Run by cpack between installing and packing: gives each package the files that Debian asks
# for, and compresses manuals.

# Without the first two cpack makes a package that depends on nothing, and says so in passing.
foreach(program dpkg-shlibdeps file gzip strip)
  find_program(path_of_${program} ${program})
  if(NOT path_of_${program})
    message(FATAL_ERROR "packing needs the program ${program}, of dpkg-dev, file, gzip or binutils")
  endif()
endforeach()

string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(version ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
set(changelog "${CPACK_PACKAGE_NAME} (${version}) unstable; urgency=medium

  * Built from ${CPACK_PACKAGE_VERSION}; changelog.gz says what has changed.

 -- ${CPACK_DEBIAN_PACKAGE_MAINTAINER}  ${date}
")

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} prefix)
  set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX})
  set(documents ${root}/share/doc/${CPACK_DEBIAN_${prefix}_PACKAGE_NAME})
  file(MAKE_DIRECTORY ${documents})
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/../LICENSE ${documents}/copyright)
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/../CHANGELOG.md ${documents}/changelog)
  file(WRITE ${documents}/changelog.Debian "${changelog}")
  file(GLOB manuals ${root}/share/man/man*/*)
  run(gzip -9n ${documents}/changelog ${documents}/changelog.Debian ${manuals})
  file(CHMOD_RECURSE ${root}/share
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
    DIRECTORY_PERMISSIONS ${CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
  # Installing strips programs, not archives.
  file(GLOB_RECURSE archives ${root}/*.a)
  if(archives)
    run(strip --strip-debug ${archives})
  endif()
endforeach()
