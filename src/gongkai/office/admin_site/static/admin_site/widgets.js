/* Starts what Wagtail's templates start by inline scripts; the data come as attributes. */
(() => {
  "use strict";
  const { Controller } = window.StimulusModule;

  const choosersOfTime = {
    date: (id, options) => window.initDateChooser(id, options),
    time: (id, options) => window.initTimeChooser(id, options),
    datetime: (id, options) => window.initDateTimeChooser(id, options),
  };

  const panels = {
    inline: (options) => new window.InlinePanel(options),
    multiple: (options) => new window.MultipleChooserPanel(options),
  };

  class TimeController extends Controller {
    static values = { kind: String, id: String, options: Object };

    connect() {
      if (this.started) return;
      this.started = true;
      choosersOfTime[this.kindValue](this.idValue, this.optionsValue);
    }
  }

  class PanelController extends Controller {
    static values = { kind: String, options: Object };

    connect() {
      if (this.started) return;
      this.started = true;
      panels[this.kindValue](this.optionsValue);
    }
  }

  class ChooserController extends Controller {
    static values = { maker: String, id: String, options: Object };

    connect() {
      if (this.started) return;
      this.started = true;
      const Maker = this.makerValue.split(".").reduce((at, name) => at[name], window);
      new Maker(this.idValue, this.optionsValue);
    }
  }

  window.wagtail.app.register("gongkai-time", TimeController);
  window.wagtail.app.register("gongkai-panel", PanelController);
  window.wagtail.app.register("gongkai-chooser", ChooserController);
})();
