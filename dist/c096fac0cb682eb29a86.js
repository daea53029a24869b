module.exports = eval("require")("../../workflows");
