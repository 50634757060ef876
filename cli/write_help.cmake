# Lets the tool write its manual pages and its completion scripts.
#
#   cmake -DTOOL=... -DFOLDER=... -P write_help.cmake

file(REMOVE_RECURSE ${FOLDER})

# save(name arguments...): what the tool prints, as a file of FOLDER.
function(save name)
  execute_process(COMMAND ${TOOL} ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE ${FOLDER}/${name} "${text}")
endfunction()

execute_process(COMMAND ${TOOL} help --format names OUTPUT_VARIABLE commands
  COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${commands}" commands)
string(REPLACE "\n" ";" commands "${commands}")
save(man1/gridgrad.1 help --format man)
foreach(command IN LISTS commands)
  save(man1/gridgrad-${command}.1 help --format man ${command})
endforeach()
save(bash/gridgrad completion bash)
save(zsh/_gridgrad completion zsh)
save(fish/gridgrad.fish completion fish)
file(TOUCH ${FOLDER}/written)
