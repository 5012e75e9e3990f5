// The project of `peers.py`: Markdown as it is, without Liquid in it, which is faster.
module.exports = () => ({
  dir: { input: "content", output: "public" },
  markdownTemplateEngine: false,
});
